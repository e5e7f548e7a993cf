#!/bin/bash
# Stops what up.sh started, by its pid files. Running it twice does no harm.
set -euo pipefail
. "$(dirname "$0")/env.sh"

if [ -d "$PEER_DIR" ]; then
  stop zaqar
  stop redis
fi
