#!/bin/bash
# Lints the recipes and runs what is in them, and each command of the README: `make
# recipes`. NAME runs the tests of that name alone. For Debian 12, as root.
set -euo pipefail
HERE=$(cd "$(dirname "$0")" && pwd)
cd "$HERE/../.."
PEER_DIR=$PWD/zaqarwire-report/recipes # npm's packages
. testdata/peers/process.sh

install_with_node shellcheck
mkdir -p "$PEER_DIR"
npm_ci "$HERE/lint"
export LINTERS=$PEER_DIR/lint

cd "$HERE"
timeout -k 10 1200 go test -count=1 -timeout 19m -run "${1:-.}" . </dev/null
