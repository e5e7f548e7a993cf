#!/bin/bash
# The example that the documentation shows: reports of the reference server, of one with
# a fault, and of the real Zaqar that `make peer` has judged, side by side, with the
# documentation around them in zaqarwire-report/site.
set -euo pipefail
cd "$(dirname "$0")/../.."
. testdata/peers/judge.sh
build

out=zaqarwire-report/example
mutant=claim-steals-live-lease
[ -f zaqarwire-report/plain/index.html ] || { echo "there is no report of a real Zaqar: run make peer first" >&2; exit 1; }
rm -rf "$out" zaqarwire-report/site
mkdir -p "$out"
cp -R zaqarwire-report/plain "$out/zaqar"
"$ZAQARWIRE" check -o "$out/reference" >"$out/reference.txt" || { tail -n 30 "$out/reference.txt" >&2; exit 1; }
rm "$out/reference.txt"
code=0
"$ZAQARWIRE" check --mutant "$mutant" -o "$out/$mutant" >/dev/null || code=$?
[ "$code" = 1 ] || { echo "$mutant was not found out: exit code $code" >&2; exit 1; }
"$ZAQARWIRE" matrix "$out/reference/result.json" "$out/$mutant/result.json" "$out/zaqar/result.json" -o "$out"
"$ZAQARWIRE" docs -o zaqarwire-report/site --example "$out" --vectors testdata/vectors
for page in matrix.html reference/index.html "$mutant/index.html" zaqar/index.html; do
  [ -s "zaqarwire-report/site/example/$page" ] || { echo "the site lacks example/$page" >&2; exit 1; }
done
