#!/bin/bash
# Judges a real Zaqar: installs it, starts it, runs the suite against it and stops
# what it started. Arguments go to `zaqarwire check`.
#
# Ends with 0 only when what fails is exactly what known-failing.txt lists; with 1
# when anything is not as it says, or Zaqar did not start; else as `zaqarwire check`
# does: 2 usage, 3 unreachable, 4 incomplete.
set -euo pipefail
. "$(dirname "$0")/env.sh"

[ "$(id -u)" != 0 ] || "$HERE/install.sh"

if alive zaqar; then
  echo "a peer is running already and will be left running"
else
  trap '"$HERE/down.sh"' EXIT
fi
url=$("$HERE/up.sh")
echo "Zaqar listens on $url"

cd "$HERE/../../.."
ZAQARWIRE_PEER=$url go test -count=1 -run TestSessionsAreRepeatedByBothServers ./conformance </dev/null
mkdir -p zaqarwire-report
go build -o zaqarwire-report/zaqarwire ./cmd/zaqarwire # `go run` would turn each exit code into 1
zaqarwire-report/zaqarwire check "$url" --profile zaqar-15 --known-failing testdata/peers/zaqar/known-failing.txt \
  -o zaqarwire-report/zaqar "$@" </dev/null

mkdir -p zaqarwire-report/goals # for GOALS.md
took=$(sed -n 's/^ "took_ns": \([0-9]*\),$/\1/p' zaqarwire-report/zaqar/result.json)
echo "exact: $(grep -vc '^#' testdata/peers/zaqar/known-failing.txt) entries" >zaqarwire-report/goals/10.txt
echo "Zaqar $(dpkg-query -Wf '${source:Upstream-Version}' python3-zaqar), judged in $((took / 1000000000)) s" >zaqarwire-report/goals/16.txt
