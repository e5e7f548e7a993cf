#!/bin/bash
# Judges the reference server with tokens of a real Keystone: starts both, runs the
# whole suite, and stops what it started. Arguments go to `zaqarwire check`, whose exit
# code it ends with.
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
begin serve "$ZAQARWIRE" serve --listen "127.0.0.1:$PORT_SERVE" --keystone "$keystone"
wait_port "$PORT_SERVE" serve
tokens
judge reference "ws://127.0.0.1:$PORT_SERVE" "$@"
