#!/usr/bin/with-contenv sh
node dist/index.js
