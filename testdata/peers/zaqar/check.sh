#!/bin/bash
# Judges a real Zaqar: installs it, starts it, runs the suite against it and stops
# what it started. Arguments go to `zaqarwire check`.
#
# Ends with 0 when there was a verdict, be it conformant or not: what fails there is
# listed in known-failing.txt. Ends with 2, 3 or 4 as `zaqarwire check` does when
# there was none, and with 1 when Zaqar did not start or answers a session of
# testdata/sessions otherwise than it says.
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
code=0
zaqarwire-report/zaqarwire check "$url" -o zaqarwire-report/zaqar "$@" </dev/null || code=$?
case $code in
  0) echo "CONFORMANT: known-failing.txt is out of date" ;;
  1) echo "not conformant, as expected; the reasons are in testdata/peers/zaqar/known-failing.txt" ;;
  *) exit "$code" ;;
esac
