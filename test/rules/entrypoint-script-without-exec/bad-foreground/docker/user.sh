#!/bin/sh
chown -R node /data
gosu node "$@"
