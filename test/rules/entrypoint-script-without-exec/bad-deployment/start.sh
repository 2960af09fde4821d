#!/bin/sh
set -e
node scripts/migrate.js
node src/index.ts "$@"
