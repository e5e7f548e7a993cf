#!/bin/bash
# Judges every instance of the real Zaqar, and the reference server with tokens of the
# real Keystone, side by side: `make peer`. Ends with 0 only when each is as it should be.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers=testdata/peers

if [ "$(id -u)" = 0 ]; then # one after the other: apt has one lock
  "$peers/zaqar/install.sh"
  "$peers/keystone/install.sh"
fi
mkdir -p zaqarwire-report/goals
go build -o zaqarwire-report/zaqarwire ./cmd/zaqarwire
export ZAQARWIRE=$PWD/zaqarwire-report/zaqarwire

names=() pids=()
judged() { # judged NAME COMMAND... runs in the background, and says at its end how it went
  local log=zaqarwire-report/peer-$1.txt
  names+=("$1")
  shift
  "$@" >"$log" 2>&1 </dev/null &
  pids+=($!)
}

# Keystone serves two of them, so it starts before and ends after both.
stop() { kill "${pids[@]}" 2>/dev/null || true; wait; $ours; }
ours=true
"$peers/keystone/alive.sh" || ours=$peers/keystone/down.sh
trap stop EXIT

judged plain env INSTANCE=plain "$peers/zaqar/check.sh"
"$peers/keystone/up.sh"
judged keystone env INSTANCE=keystone "$peers/zaqar/check.sh"
judged silent env INSTANCE=silent "$peers/zaqar/check.sh"
judged confirm env INSTANCE=confirm "$peers/zaqar/check.sh"
judged reference "$peers/keystone/check.sh"

failed=()
for i in "${!names[@]}"; do
  name=${names[i]}
  wait "${pids[i]}" && code=0 || code=$?
  [ "$code" = 0 ] || failed+=("$name")
  printf '\n--- %s: exit code %d\n' "$name" "$code"
  cat "zaqarwire-report/peer-$name.txt"
done
pids=()
if [ ${#failed[@]} -gt 0 ]; then
  printf '\nnot as it should be: %s\n' "${failed[*]}" >&2
  exit 1
fi

# for GOALS.md
took=$(sed -n 's/^ "took_ns": \([0-9]*\),$/\1/p' zaqarwire-report/plain/result.json)
echo "exact: $(cat "$peers"/zaqar/known-failing*.txt | grep -vc '^#') entries" >zaqarwire-report/goals/10.txt
echo "Zaqar $(dpkg-query -Wf '${source:Upstream-Version}' python3-zaqar), ${#names[@]} instances, judged in $((took / 1000000000)) s" \
  >zaqarwire-report/goals/16.txt
