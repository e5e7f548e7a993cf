#!/bin/bash
# Stops what up.sh started of an INSTANCE, by its pid files. Running it twice does no harm.
set -euo pipefail
. "$(dirname "$0")/env.sh"

stop zaqar
stop redis
