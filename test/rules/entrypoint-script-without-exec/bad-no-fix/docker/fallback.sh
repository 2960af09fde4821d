#!/bin/sh
node dist/index.js || node dist/fallback.js
