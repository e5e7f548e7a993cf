#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# hunt.sh [RUNS]: how often the suite finds a race between two claims (CLM-8), each
# time in one run of at most 3 s with a seed of its own. Fails below 99 of 100.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-100}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
go build -o "$dir/zaqarwire" ./cmd/zaqarwire

found=0 longest=0
for ((i = 1; i <= runs; i++)); do
	began=$(date +%s%3N)
	code=0
	timeout 3 "$dir/zaqarwire" check --mutant claim-races --case CLM-8/sixty-four-clients \
		--format json --seed "$(printf %x "$i")" -o "$dir" >"$dir/out" 2>&1 || code=$?
	took=$(($(date +%s%3N) - began))
	longest=$((took > longest ? took : longest))
	if [ "$code" = 1 ] && grep -q '^FAIL  CLM-8 ' "$dir/out"; then
		found=$((found + 1))
	else
		echo "seed $(printf %x "$i"): not found, exit code $code, $took ms"
		grep "^FAIL" "$dir/out" || true
	fi
done
mkdir -p zaqarwire-report/goals
echo "found $found of $runs, the longest run took $longest ms" | tee zaqarwire-report/goals/11.txt
[ "$found" -ge $((runs * 99 / 100)) ]
