#!/bin/bash
# Starts Redis and a real Zaqar's WebSocket transport on 127.0.0.1 and prints the
# endpoint's URL. What already runs is left running.
set -euo pipefail
. "$(dirname "$0")/env.sh"

mkdir -p "$PEER_DIR"
: >"$PEER_DIR/policy.yaml" # empty: the defaults in Zaqar's code apply

if ! alive redis; then
  free_port "$PORT_REDIS"
  setsid redis-server --bind 127.0.0.1 --port "$PORT_REDIS" --dir "$PEER_DIR" \
    --save '' --appendonly no --daemonize no >"$PEER_DIR/redis.out" 2>&1 </dev/null &
  record redis $!
fi
wait_port "$PORT_REDIS" redis

if ! alive zaqar; then
  free_port "$PORT_WS"
  free_port "$PORT_NOTIFY"
  sed -e "s|@DIR@|$PEER_DIR|; s|@REDIS@|$PORT_REDIS|; s|@WS@|$PORT_WS|; s|@NOTIFY@|$PORT_NOTIFY|" \
    "$HERE/zaqar.conf.in" >"$PEER_DIR/zaqar.conf"
  cd "$PEER_DIR"
  PYTHONDONTWRITEBYTECODE=1 setsid "$PYTHON" "$HERE/launch.py" --config-file "$PEER_DIR/zaqar.conf" \
    >"$PEER_DIR/zaqar.out" 2>&1 </dev/null &
  record zaqar $!
fi
wait_port "$PORT_WS" zaqar
wait_port "$PORT_NOTIFY" zaqar

echo "ws://127.0.0.1:$PORT_WS"
