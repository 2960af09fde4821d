#!/bin/sh
case "$1" in
  http) exec node dist/http.js ;;
  *) exec "$@" ;;
esac
