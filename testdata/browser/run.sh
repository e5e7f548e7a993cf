#!/bin/bash
# Opens what this project writes for people in a headless Chromium, from file://, as
# its readers do: `make browser`. NAME... runs NAME.test.mjs alone. Pictures of the
# pages are left in zaqarwire-report/browser/pictures. --rewrite takes the README's
# picture and its text anew, and opens nothing else. For Debian 12, as root.
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

export README=$HERE EXAMPLE=
[ ! -d zaqarwire-report/site/example ] || EXAMPLE=$PWD/zaqarwire-report/site/example
export CHROMIUM SITE=$PEER_DIR/site REPORTS=$PEER_DIR/reports PICTURES=$PEER_DIR/pictures
rm -rf "$SITE" "$REPORTS" "$PICTURES"
mkdir "$PICTURES"
"$ZAQARWIRE" docs -o "$SITE" --vectors testdata/vectors

# report NAME CODE FLAG... judges the reference server, to end with that exit code.
report() {
  local name=$1 want=$2 code=0
  shift 2
  "$ZAQARWIRE" check "$@" -o "$REPORTS/$name" >"$PEER_DIR/$name.txt" || code=$?
  [ "$code" = "$want" ] || { echo "$name: exit code $code" >&2; tail -n 30 "$PEER_DIR/$name.txt" >&2; return 1; }
}
some=(--case claims --case health --case FRM-30)
report reference 0 "${some[@]}"
report claim-steals-live-lease 1 --mutant claim-steals-live-lease "${some[@]}"
report queue-create-echo 1 --mutant queue-create/echo/body-empty "${some[@]}"
"$ZAQARWIRE" matrix "$REPORTS"/*/result.json -o "$REPORTS"
# Six servers, with no report beside their results.
mkdir "$REPORTS/six"
for name in reference claim-steals-live-lease queue-create-echo; do
  for seed in 1 2; do
    sed "s/\"seed\": \"/&$seed/" "$REPORTS/$name/result.json" >"$REPORTS/six/$name-$seed.json"
  done
done
"$ZAQARWIRE" matrix "$REPORTS"/six/*.json -o "$REPORTS/six"
# what the README shows: cases that end alike in each run
report readme 1 --mutant claim-steals-live-lease --case health --case CLM-8/behind-a-released-claim --seed 4021

cd "$PEER_DIR/browser"
if [ "${1:-}" = --rewrite ]; then
  export REWRITE=1
  set -- readme
fi
tests=(*.test.mjs)
[ $# = 0 ] || tests=("${@/%/.test.mjs}")
timeout -k 10 1500 node --test "${tests[@]}" </dev/null
