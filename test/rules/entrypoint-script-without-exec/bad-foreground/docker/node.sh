#!/bin/sh
mkdir -p /data
node dist/index.js --port "${PORT:-3000}" "$@"
