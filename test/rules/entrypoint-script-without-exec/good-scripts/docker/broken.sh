#!/bin/sh
if [ -f x ]; then
node dist/index.js
