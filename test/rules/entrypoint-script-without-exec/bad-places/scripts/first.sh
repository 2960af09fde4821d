#!/bin/sh
exec /opt/scripts/launch "$@"
