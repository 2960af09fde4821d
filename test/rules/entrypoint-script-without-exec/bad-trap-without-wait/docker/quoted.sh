#!/bin/sh
trap 'kill -TERM "$PID"' TERM
node dist/index.js &
PID=$!
wait "$PID"
exit $?
