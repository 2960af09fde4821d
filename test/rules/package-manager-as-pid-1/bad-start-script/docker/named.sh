#!/bin/sh
set -e
mkdir -p /data
npm run both -- --port "$PORT" "$@"
