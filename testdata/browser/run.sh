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

export CHROMIUM SITE=$PEER_DIR/site REPORTS=$PEER_DIR/reports PICTURES=$PEER_DIR/pictures
rm -rf "$SITE" "$REPORTS" "$PICTURES"
mkdir "$PICTURES"
"$ZAQARWIRE" docs -o "$SITE" --vectors testdata/vectors

# report NAME CODE [FLAG...] judges the reference server in some chapters, to end with that exit code.
report() {
  local name=$1 want=$2 code=0
  shift 2
  "$ZAQARWIRE" check "$@" --case claims --case health --case FRM-30 -o "$REPORTS/$name" >"$PEER_DIR/$name.txt" || code=$?
  [ "$code" = "$want" ] || { echo "$name: exit code $code" >&2; tail -n 30 "$PEER_DIR/$name.txt" >&2; return 1; }
}
report reference 0
report claim-steals-live-lease 1 --mutant claim-steals-live-lease
report queue-create-echo 1 --mutant queue-create/echo/body-empty
"$ZAQARWIRE" matrix "$REPORTS"/*/result.json -o "$REPORTS"

cd "$PEER_DIR/browser"
tests=(*.test.mjs)
[ $# = 0 ] || tests=("${@/%/.test.mjs}")
timeout -k 10 1500 node --test "${tests[@]}" </dev/null
