# Sourced by the scripts beside it: settings, which the caller may set.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

: "${PORT_KEYSTONE:=19240}"
: "${KEYSTONE_DIR:=${TMPDIR:-/tmp}/zaqarwire-peer-keystone}" # database, keys, logs and pid file
export PORT_KEYSTONE
PEER_DIR=$KEYSTONE_DIR

. "$HERE/../process.sh"
