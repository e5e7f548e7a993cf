#!/bin/bash
# Stops Keystone by its pid file. Running it twice does no harm.
set -euo pipefail
. "$(dirname "$0")/env.sh"

stop keystone
