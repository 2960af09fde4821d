#!/bin/sh
if [ "$MODE" = http ]; then
  node dist/http.js
else
  exec node dist/stdio.js
fi
