#!/bin/sh
# mcp-shutdown-disable-next-line entrypoint-script-without-exec -- stops by itself
node dist/index.js
