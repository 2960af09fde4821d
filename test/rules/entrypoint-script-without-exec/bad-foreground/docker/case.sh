#!/bin/sh
case "$1" in
  http) shift; node dist/http.js "$@" ;;
  *) exec "$@" ;;
esac
