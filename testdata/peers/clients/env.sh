# Sourced by the scripts beside it: settings, which the caller may set.
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

: "${PORT_OPEN:=19250}"   # a reference server without authentication
: "${PORT_TOKENS:=19251}" # one that asks for a token
: "${PORT_PAGE:=19252}"   # the page that the browser opens
: "${CLIENTS_DIR:=${TMPDIR:-/tmp}/zaqarwire-clients}" # npm's packages, logs and pid files
export PORT_PAGE
PEER_DIR=$CLIENTS_DIR

. "$HERE/../process.sh"
