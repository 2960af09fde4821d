#!/bin/sh
cd /srv
exec npm start
