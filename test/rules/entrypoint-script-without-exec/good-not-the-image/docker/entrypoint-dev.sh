#!/bin/sh
trap 'kill -TERM $DEV' TERM INT
npm run dev &
DEV=$!
wait $DEV
