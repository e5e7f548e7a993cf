# Sourced by the scripts beside it: which instance, and settings that the caller may set.
#
#   plain     no authentication, and notifications on
#   keystone  behind testdata/peers/keystone, with a key for signed headers
#   silent    its notifier off, as Zaqar is configured by default
#   confirm   each subscription has to be confirmed
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

: "${INSTANCE:=plain}"
case $INSTANCE in
  plain) base=19200 ;;
  keystone) base=19210 ;;
  silent) base=19220 ;;
  confirm) base=19230 ;;
  *) echo "there is no instance \"$INSTANCE\"; there are plain, keystone, silent and confirm" >&2; exit 2 ;;
esac
: "${PORT_WS:=$base}"             # Zaqar's WebSocket
: "${PORT_NOTIFY:=$((base + 1))}" # Zaqar's own notification listener; it cannot be turned off
: "${PORT_REDIS:=$((base + 3))}"  # a redis-server for this instance alone
: "${PEER_DIR:=${TMPDIR:-/tmp}/zaqarwire-peer-zaqar-$INSTANCE}" # configuration, logs and pid files
: "${SIGNING_KEY:=a key of this peer}" # for signed headers, where there is Keystone

. "$HERE/../process.sh"
