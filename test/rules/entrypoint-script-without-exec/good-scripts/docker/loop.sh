#!/bin/sh
trap 'kill -TERM $PID' TERM
node dist/index.js &
PID=$!
while kill -0 $PID; do wait $PID; done
