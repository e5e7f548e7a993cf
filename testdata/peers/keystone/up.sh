#!/bin/bash
# Starts a real Keystone on 127.0.0.1, with a database and keys of its own and with
# the users of seed.py, and prints its URL. What already runs is left running.
set -euo pipefail
. "$(dirname "$0")/env.sh"

url=http://127.0.0.1:$PORT_KEYSTONE/v3
mkdir -p "$PEER_DIR"
cd "$PEER_DIR"
export OS_KEYSTONE_CONFIG_DIR=$PEER_DIR OS_KEYSTONE_CONFIG_FILES=keystone.conf

manage() {
  "$PYTHON" /usr/bin/keystone-manage --config-file keystone.conf "$@" >>manage.out 2>&1 ||
    { echo "keystone-manage $1 failed; the end of $PEER_DIR/manage.out:" >&2; tail -n 20 manage.out >&2; return 1; }
}

prepare() { # tables, keys and the first administrator
  local who=(--keystone-user "$(id -un)" --keystone-group "$(id -gn)")
  rm -rf keystone.db* fernet-keys credential-keys manage.out
  manage db_sync
  # with sqlite's default journal some requests end in 500, "database is locked"
  "$PYTHON" -c 'import sqlite3; sqlite3.connect("keystone.db").execute("pragma journal_mode=wal")'
  manage fernet_setup "${who[@]}"
  manage credential_setup "${who[@]}"
  manage bootstrap --bootstrap-password adminpw --bootstrap-region-id RegionOne \
    --bootstrap-public-url "$url" --bootstrap-internal-url "$url" --bootstrap-admin-url "$url"
}

answers() { curl -fsS -m 2 -o /dev/null "$url" 2>/dev/null; }

if ! alive keystone; then
  free_port "$PORT_KEYSTONE"
  sed -e "s|@DIR@|$PEER_DIR|" "$HERE/keystone.conf.in" >keystone.conf
  [ -f seeded ] || prepare
  PYTHONPATH=$HERE begin keystone "$PYTHON" -m gunicorn --timeout 120 --graceful-timeout 2 --bind "127.0.0.1:$PORT_KEYSTONE" \
    --workers 1 --threads 1 keystone_app:app
fi
wait_for keystone "it answered" answers
if [ ! -f seeded ]; then
  "$PYTHON" "$HERE/seed.py" "$url" >seed.out 2>&1 || { echo "seed.py failed:" >&2; tail -n 20 seed.out >&2; exit 1; }
  : >seeded
fi

echo "$url"
