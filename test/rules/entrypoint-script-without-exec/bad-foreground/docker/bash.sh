#!/usr/bin/env bash
set -euo pipefail
node dist/index.js "$@"
