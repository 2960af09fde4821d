#!/bin/bash
main() {
  exec node dist/index.js "$@"
}
main "$@"
