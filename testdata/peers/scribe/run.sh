#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Starts the server on a free loopback port, judges what it serves, and stops it. The exit code is that of
# `zaqarwire check`, to which further arguments go: --fast, --strict, -o DIR.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
server=
# shellcheck disable=SC2317 # the trap calls it
finish() {
	if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" || true; fi
	rm -rf "$scratch"
}
trap finish EXIT
trap 'exit 130' INT TERM

if ! /usr/bin/python3 -c 'import msgpack, websockets.legacy.server' 2>/dev/null; then
	(. "$here/../process.sh" && install python3-websockets python3-msgpack)
fi
go build -C "$here" -o "$scratch/zaqarwire" ../../../cmd/zaqarwire

: >"$scratch/log"
/usr/bin/python3 "$here/server.py" --listen 127.0.0.1:0 >"$scratch/log" 2>&1 &
server=$!
url=
for _ in {1..600}; do
	url=$(sed -n 's/^listening on //p' "$scratch/log")
	if [ -n "$url" ] || ! kill -0 "$server" 2>/dev/null; then break; fi
	sleep 0.1
done
if [ -z "$url" ]; then
	echo "the server did not start" >&2
	cat "$scratch/log" >&2
	exit 3
fi

code=0
"$scratch/zaqarwire" check "$url" --profile "$here/profile.yaml" -o zaqarwire-report/scribe "$@" || code=$?
if ! kill -0 "$server" 2>/dev/null || grep -q Traceback "$scratch/log"; then
	cat "$scratch/log" >&2
	if [ "$code" = 0 ]; then code=1; fi
fi
exit "$code"
