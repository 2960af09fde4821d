#!/bin/sh
node dist/index.js
