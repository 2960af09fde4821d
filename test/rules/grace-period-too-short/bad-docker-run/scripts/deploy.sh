#!/bin/sh
set -e
docker build --tag "acme/notes:$1" .
docker pull acme/notes:"$1"
docker run --detach --restart always \
  --stop-timeout=20 \
  --env DRAIN_TIMEOUT_MS=30000 \
  "acme/notes:1"
docker run -d $OPTIONS acme/notes:2 node src/index.ts
docker run -d --name eu acme/notes:3
docker stop --time 3 eu
