#!/bin/bash
# Judges the reference server, a lawful odd one and 20 faulty ones by the vectors in Python and
# by the suite in Go, and compares the verdicts case by case: `make vectors`. Of a faulty server,
# that is the chapter of the sentence that it breaks. As root it installs the two Debian
# packages where they are missing. NAME:CHAPTER... judges only these servers.
set -euo pipefail
cd "$(dirname "$0")/../.."
PYTHON=${PYTHON:-/usr/bin/python3}
servers=(
  sound: permissive:
  reply-of-other-kind:frames key-twice-comes-back:frames echo-lacks-unknown-headers:frames absent-headers-echoed-as-null:frames
  refusal-is-text:frames float-is-an-integer:frames unknown-action-is-404:frames reply-without-body:frames
  queue-create-again-empties:queues metadata-loses-nulls:queues names-ignore-case:queues stats-total-is-one-too-many:queues
  own-messages-are-listed:messages posted-ids-reversed:messages whole-floats-become-integers:messages any-claim-deletes:messages
  claim-of-nothing-fails:claims claim-steals-live-lease:claims claim-takes-the-newest-first:claims no-claim-has-an-id:claims
)
[ $# = 0 ] || servers=("$@")

if ! "$PYTHON" -c 'import msgpack, websockets' 2>/dev/null; then
  (. testdata/peers/process.sh && install python3 python3-msgpack python3-websockets)
fi
work=$PWD/zaqarwire-report/vectors # stays, for whoever asks why they differ
rm -rf "$work"
mkdir -p "$work"
trap '[ -z "${server:-}" ] || kill "$server" 2>/dev/null || true' EXIT
go build -o "$work/zaqarwire" ./cmd/zaqarwire

compare=$(cat <<'PY'
import json, re, sys
go = {f"{c['case']} [{c['format']}]": c["verdict"] for c in json.load(open(sys.argv[1]))["cases"]}
python = dict(re.match(r"(\S+) +(\S+ \[\w+\])", line).group(2, 1) for line in open(sys.argv[2]) if re.match(r"(pass|fail|warn|untested) ", line))
other = [f"  {name}: {verdict} in Python, {go.get(name)} in Go" for name, verdict in sorted(python.items()) if go.get(name) != verdict]
count = lambda v: sum(1 for o in python.values() if o == v)
print(f"{len(python)} verdicts, {count('fail')} fail, {count('warn')} warn, {len(other)} differ", *other, sep="\n")
sys.exit(1 if other or not python or not (count("fail") + count("warn") or sys.argv[3] in ("sound", "permissive")) else 0)
PY
)

judged() { # judged COMMAND...: it gave verdicts, whatever they were
  local code=0
  "$@" || code=$?
  case $code in
    0 | 1 | 4) ;;
    *) echo "$name: exit $code of $*" >&2; return "$code" ;;
  esac
}

failed=0
for one in "${servers[@]}"; do
  name=${one%%:*} chapter=${one#*:}
  rm -f "$work/url"
  "$work/zaqarwire" serve --listen 127.0.0.1:0 --mutant "$name" >"$work/url" 2>"$work/log" &
  server=$!
  for _ in {1..600}; do
    [ ! -s "$work/url" ] && kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  url=$(head -n 1 "$work/url")
  [ -n "$url" ] || { echo "$name did not start" >&2; cat "$work/log" >&2; exit 1; }
  judged "$PYTHON" testdata/vectors/run.py "$url" --timeout 10 ${chapter:+--case "$chapter"} >"$work/$name-python.txt"
  judged "$work/zaqarwire" check "$url" --timeout 10s --fast --format json --format msgpack ${chapter:+--case "$chapter"} -o "$work/$name" >"$work/$name-go.txt" 2>&1
  said=$("$PYTHON" -c "$compare" "$work/$name/result.json" "$work/$name-python.txt" "$name") || failed=1
  echo "$name ${chapter:-all chapters}: $said"
  kill "$server" && wait "$server" 2>/dev/null || true
  server=
done
exit "$failed"
