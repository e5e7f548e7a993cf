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
"$ZAQARWIRE" docs -o "$SITE"

# report NAME [MUTANT] judges the reference server, or with a fault, in some chapters.
report() {
  local code=0
  "$ZAQARWIRE" check ${2:+--mutant "$2"} --case claims --case health --case FRM-30 -o "$REPORTS/$1" >/dev/null || code=$?
  [ "$code" = "${2:+1}" ] || [ "$code$2" = 0 ]
}
report reference ""
report claim-steals-live-lease claim-steals-live-lease
report queue-create-echo queue-create/echo/body-empty
"$ZAQARWIRE" matrix "$REPORTS"/*/result.json -o "$REPORTS"

cd "$PEER_DIR/browser"
tests=(*.test.mjs)
[ $# = 0 ] || tests=("${@/%/.test.mjs}")
timeout -k 10 540 node --test "${tests[@]}" </dev/null
