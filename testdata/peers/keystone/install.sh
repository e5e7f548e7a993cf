#!/bin/bash
# Installs what Keystone needs, on Debian 12, as root. It comes as a library only
# (python3-keystone): no service is added for it, and nothing is written to /etc.
set -euo pipefail
. "$(dirname "$0")/env.sh"

install python3-keystone gunicorn curl
