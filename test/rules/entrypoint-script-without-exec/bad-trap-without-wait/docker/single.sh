#!/bin/sh
trap 'echo "Shutting down..."; kill -TERM $PID' TERM INT

"$@" &
PID=$!
wait $PID
