#!/bin/sh
node dist/index.js
echo "ended with $?"
