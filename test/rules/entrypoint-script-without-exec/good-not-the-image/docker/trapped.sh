#!/bin/sh
trap 'echo stopping' TERM
node dist/server.js
