#!/bin/sh
retry() { "$@" || sleep 1; }
retry curl -fsS http://db:8080
exec node dist/index.js
