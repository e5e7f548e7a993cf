#!/bin/bash
# Installs what the peer needs, on Debian 12, as root. Zaqar comes as a library
# only (python3-zaqar): no service is added for it, and up.sh starts it by itself.
set -euo pipefail
. "$(dirname "$0")/env.sh"

install python3-zaqar python3-redis python3-msgpack redis-server
