#!/bin/sh
log() { echo "$1" >&2; }
main() {
  log starting
  node dist/index.js
}
main "$@"
