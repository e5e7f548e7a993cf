#!/bin/bash
# Starts Redis and a real Zaqar's WebSocket transport on 127.0.0.1, configured as
# INSTANCE says, and prints the endpoint's URL. What already runs is left running.
set -euo pipefail
. "$(dirname "$0")/env.sh"

mkdir -p "$PEER_DIR"
: >"$PEER_DIR/policy.yaml" # empty: the defaults in Zaqar's code apply

pipeline=zaqar.notification.notifier auth='' confirm=False keystone=''
case $INSTANCE in
  keystone)
    auth=keystone
    keystone=$("$HERE/../keystone/up.sh")
    ;;
  silent) pipeline='' ;;
  confirm) confirm=True ;;
esac

if ! alive redis; then
  free_port "$PORT_REDIS"
  begin redis redis-server --bind 127.0.0.1 --port "$PORT_REDIS" --dir "$PEER_DIR" --save '' --appendonly no --daemonize no
fi
wait_port "$PORT_REDIS" redis

if ! alive zaqar; then
  free_port "$PORT_WS"
  free_port "$PORT_NOTIFY"
  sed -e "s|@DIR@|$PEER_DIR|; s|@REDIS@|$PORT_REDIS|; s|@WS@|$PORT_WS|; s|@NOTIFY@|$PORT_NOTIFY|" \
    -e "s|@AUTH@|$auth|; s|@PIPELINE@|$pipeline|; s|@CONFIRM@|$confirm|; s|@KEYSTONE@|$keystone|" \
    -e "s|@KEY@|$SIGNING_KEY|" "$HERE/zaqar.conf.in" >"$PEER_DIR/zaqar.conf"
  cd "$PEER_DIR"
  begin zaqar "$PYTHON" "$HERE/launch.py" --config-file "$PEER_DIR/zaqar.conf"
fi
wait_port "$PORT_WS" zaqar
wait_port "$PORT_NOTIFY" zaqar

echo "ws://127.0.0.1:$PORT_WS"
