#!/bin/sh
trap 'kill -TERM $PID' TERM INT
node dist/index.js &
PID=$!
wait $PID
trap - TERM INT
wait $PID
