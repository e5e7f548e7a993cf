#!/bin/bash
# Fails when generated code or a table in a decision is stale, or when an encoding does
# not give back what it was given. On a Debian 12 it installs the compilers that
# generate.sh needs.
set -euo pipefail
cd "$(dirname "$0")"

missing=()
command -v protoc >/dev/null || missing+=(protobuf-compiler)
command -v capnp >/dev/null || missing+=(capnproto)
if [ ${#missing[@]} -gt 0 ]; then
  (. ../peers/process.sh && install "${missing[@]}")
fi

before=$(mktemp -d)
trap 'rm -rf "$before"' EXIT
generated=(frames_gen.go pb/zaqar.pb.go cp/zaqar.capnp.go)
cp "${generated[@]}" "$before"
./generate.sh
for file in "${generated[@]}"; do
  diff "$before/$(basename "$file")" "$file"
done
go test -count=1 ./...
