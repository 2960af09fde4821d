#!/bin/sh
qdrant &
exec node dist/index.js
