#!/bin/bash
# Compiles the example against schema/gen/typescript and lets it talk to the reference
# server in both formats: `make typescript`. Needs Go, Node 20 and the npm registry.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap '[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

timeout 600 npm ci --ignore-scripts --no-audit --no-fund </dev/null >"$work/npm.out" 2>&1 ||
  { echo "npm ci failed:" >&2; tail -n 20 "$work/npm.out" >&2; exit 1; }
rm -rf dist
npx --no-install tsc

go build -o "$work/zaqarwire" ../../cmd/zaqarwire
"$work/zaqarwire" serve --listen 127.0.0.1:0 >"$work/url" 2>"$work/log" &
server=$!
for _ in {1..600}; do
  [ ! -s "$work/url" ] || break
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
[ -s "$work/url" ] || { echo "the server did not start" >&2; exit 1; }
timeout 60 node dist/testdata/typescript/talk.js "$(head -n 1 "$work/url")"
