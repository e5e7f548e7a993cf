#!/bin/bash
# Installs what the peer needs, on Debian 12, as root. Zaqar comes as a library
# only (python3-zaqar): no service is added for it, and up.sh starts it by itself.
set -euo pipefail

packages=(python3-zaqar python3-redis python3-msgpack redis-server)

[ "$(id -u)" = 0 ] || { echo "install.sh: run as root" >&2; exit 1; }
. /etc/os-release
if [ "${VERSION_CODENAME:-}" != bookworm ]; then
  echo "install.sh: written for Debian 12 (bookworm), this is ${PRETTY_NAME:-unknown}; trying all the same" >&2
fi

if dpkg-query -W -f='${db:Status-Abbrev}\n' "${packages[@]}" 2>/dev/null | grep -cx 'ii *' | grep -qx "${#packages[@]}"; then
  echo "already installed"
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get -qq update
apt-get -qq install -y --no-install-recommends "${packages[@]}" </dev/null >/dev/null
dpkg-query -W python3-zaqar redis-server
