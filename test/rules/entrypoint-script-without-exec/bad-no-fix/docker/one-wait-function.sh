#!/bin/sh
stop() {
  kill -TERM "$PID"
}
trap stop TERM INT
node dist/index.js &
PID=$!
wait "$PID"
