#!/bin/sh
node dist/index.js &
PID=$!
wait $PID
