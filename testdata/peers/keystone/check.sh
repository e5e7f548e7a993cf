#!/bin/bash
# Judges the reference server with tokens of a real Keystone, with signed requests and
# with webhooks: starts both, runs the whole suite, and stops what it started. Arguments
# go to `zaqarwire check`, whose exit code it ends with.
set -euo pipefail
. "$(dirname "$0")/env.sh"

: "${PORT_SERVE:=19245}" # the reference server

[ "$(id -u)" != 0 ] || "$HERE/install.sh"
down=true
alive keystone || down=$HERE/down.sh
trap 'stop serve; $down' EXIT
keystone=$("$HERE/up.sh")

cd "$HERE/../../.."
. "$HERE/../judge.sh"
build
free_port "$PORT_SERVE"
export OS_USERNAME=zaqar OS_PASSWORD=zaqarpw OS_PROJECT_NAME=service OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default
key=$PEER_DIR/signing-key
(umask 077 && head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$key")
begin serve "$ZAQARWIRE" serve --listen "127.0.0.1:$PORT_SERVE" --keystone "$keystone" \
  --signing-key "$key" --webhook-allow 127.0.0.1/32 --require-confirmation
wait_port "$PORT_SERVE" serve
tokens
judge reference "ws://127.0.0.1:$PORT_SERVE" --signing-key "$key" \
  --webhook-listen 127.0.0.1:0 --webhook-trap 127.0.0.2:0 "$@"
