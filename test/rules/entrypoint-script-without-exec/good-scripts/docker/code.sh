#!/bin/sh
node -e "console.log(1)" || {
  echo failed
}
echo "Node $(node --version)"
exec "$@"
