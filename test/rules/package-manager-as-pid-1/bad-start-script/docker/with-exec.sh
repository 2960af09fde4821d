#!/bin/sh
exec npm start > /var/log/server.log
