#!/bin/sh
while true; do
  node dist/index.js
  sleep 1
done
