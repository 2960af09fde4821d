#!/bin/sh
node x.js
