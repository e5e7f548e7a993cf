#!/bin/bash
# Judges one INSTANCE of a real Zaqar with what it is for: installs it, starts it, runs
# the suite against it and stops what it started. Arguments go to `zaqarwire check`.
#
# Ends with 0 only when what fails is exactly what the instance's list says; with 1
# when anything is not as it says, or Zaqar did not start; else as `zaqarwire check`
# does: 2 usage, 3 unreachable, 4 incomplete.
set -euo pipefail
. "$(dirname "$0")/env.sh"

known=$HERE/known-failing-$INSTANCE.txt
select=()
case $INSTANCE in
  plain) known=$HERE/known-failing.txt ;;
  keystone) select=(--label auth --label isolation --label security) ;;
  silent | confirm) select=(--case SUB-40 --case SUB-41 --case SUB-48) ;;
esac

if [ "$(id -u)" = 0 ]; then
  "$HERE/install.sh"
  [ "$INSTANCE" != keystone ] || "$HERE/../keystone/install.sh"
fi

ours=()
alive zaqar || ours+=("$HERE/down.sh")
if [ "$INSTANCE" = keystone ]; then
  "$HERE/../keystone/alive.sh" || ours+=("$HERE/../keystone/down.sh")
fi
if [ ${#ours[@]} = 0 ]; then
  echo "the peer is running already and will be left running"
fi
trap 'for down in "${ours[@]}"; do "$down"; done' EXIT
url=$("$HERE/up.sh")
echo "Zaqar listens on $url"

cd "$HERE/../../.."
if [ "$INSTANCE" = plain ]; then
  ZAQARWIRE_PEER=$url go test -count=1 -run TestSessionsAreRepeatedByBothServers ./conformance </dev/null
fi
. "$HERE/../judge.sh"
build # before the tokens, one of which ends soon
if [ "$INSTANCE" = keystone ]; then
  tokens
  (umask 077 && printf %s "$SIGNING_KEY" >"$PEER_DIR/signing-key")
  select+=(--signing-key "$PEER_DIR/signing-key")
fi
judge "$INSTANCE" "$url" --profile zaqar-15 --known-failing "${known#"$PWD/"}" "${select[@]}" "$@"
