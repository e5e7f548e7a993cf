#!/bin/bash
# Writes the Go code of frames.go, zaqar.proto and zaqar.capnp anew. Needs the compilers
# of the latter: on Debian 12, protobuf-compiler and capnproto. The rest is pinned in go.mod.
set -euo pipefail
cd "$(dirname "$0")"

plugins=$(mktemp -d)
trap 'rm -rf "$plugins"' EXIT
go build -o "$plugins" github.com/tinylib/msgp google.golang.org/protobuf/cmd/protoc-gen-go capnproto.org/go/capnp/v3/capnpc-go
export PATH="$plugins:$PATH"

protoc --go_out=. --go_opt=paths=source_relative pb/zaqar.proto
std=$(go list -m -f '{{.Dir}}' capnproto.org/go/capnp/v3)/std
capnp compile -I "$std" -o go cp/zaqar.capnp
msgp -io=false -tests=false -unexported -file frames.go -o frames_gen.go
sed -i '1i // SPDX-License-Identifier: Apache-2.0\n' cp/zaqar.capnp.go frames_gen.go
