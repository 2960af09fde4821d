#!/bin/sh
trap 'rm -f /tmp/lock' EXIT
node dist/index.js
