#!/bin/sh
trap 'kill -TERM $PID; wait $PID' TERM INT
node dist/index.js &
PID=$!
wait $PID
