#!/bin/sh
node dist/index.js
code=$?
rm -f /tmp/lock
exit "$code"
