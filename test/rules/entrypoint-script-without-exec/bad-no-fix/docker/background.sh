#!/bin/sh
node dist/index.js &
nginx -g 'daemon off;'
