#!/bin/bash
# Opens what this project writes for people in a headless Chromium, from file://, as
# its readers do: `make browser`. NAME... runs NAME.test.mjs alone. Pictures of the
# pages are left in zaqarwire-report/browser/pictures. For Debian 12, as root.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
cd "$HERE/../.."
PEER_DIR=$PWD/zaqarwire-report/browser # npm's packages, the pages, pictures of them
. testdata/peers/process.sh
. testdata/peers/judge.sh

if [ -z "${CHROMIUM:-}" ]; then
  install_with_node chromium
  CHROMIUM=/usr/bin/chromium
fi
mkdir -p "$PEER_DIR"
npm_ci "$HERE"
build

export CHROMIUM SITE=$PEER_DIR/site PICTURES=$PEER_DIR/pictures
rm -rf "$SITE" "$PICTURES"
mkdir "$PICTURES"
"$ZAQARWIRE" docs -o "$SITE"

cd "$PEER_DIR/browser"
tests=(*.test.mjs)
[ $# = 0 ] || tests=("${@/%/.test.mjs}")
timeout -k 10 540 node --test "${tests[@]}" </dev/null
