#!/bin/bash
# Installs the clients, on Debian 12, as root: Debian's WebSocket libraries and Chromium.
set -euo pipefail
. "$(dirname "$0")/env.sh"

install_with_node python3-autobahn python3-tornado python3-ws4py python3-websockets python3-msgpack \
  python3-zaqarclient python3-websocket chromium
