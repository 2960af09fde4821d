#!/bin/sh
node dist/index.js 2>> /var/log/server.log
