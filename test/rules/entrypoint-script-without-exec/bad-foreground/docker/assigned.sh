#!/bin/sh
NODE_ENV=production node dist/index.js
