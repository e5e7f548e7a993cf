#!/bin/bash
# Compiles the example against schema/gen/typescript and lets it talk to the reference
# server in both formats: `make typescript`. Needs Go, npm and its registry, and Node 20:
# where node is older, or there is none and this is Debian 12 as root, npm brings one.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap '[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
. ../peers/process.sh
PEER_DIR=$work # npm's own output, and a Node.js that npm brought

new_enough() { # import attributes came with 20.10
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || +a === 20 && +b >= 10 ? 0 : 1)'
}

command -v npm >/dev/null && command -v node >/dev/null || install_with_node
if ! new_enough; then
  npm_ci node
  PATH=$(echo "$work"/node/node_modules/node-linux-*/bin):$PATH
  new_enough || { echo "the example needs Node 20.10 or newer, and node is $(node --version): install one" >&2; exit 1; }
  echo "Node.js $(node --version) of npm"
fi

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
