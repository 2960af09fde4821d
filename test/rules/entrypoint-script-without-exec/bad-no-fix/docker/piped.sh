#!/bin/sh
node dist/index.js | tee -a /var/log/server.log
