# SPDX-License-Identifier: Apache-2.0
# Sourced in the root of the repository: `zaqarwire check` with real tokens.

identities=() # flags, which tokens fills in

# build makes the command unless ZAQARWIRE says where it is: `go run` would turn each
# exit code into 1.
build() {
  if [ -z "${ZAQARWIRE:-}" ]; then
    ZAQARWIRE=$PWD/zaqarwire-report/zaqarwire
    go build -o "$ZAQARWIRE" ./cmd/zaqarwire
  fi
}

# tokens fetches those of two projects and of an administrator, and one that ends
# soon, from a Keystone that runs.
tokens() {
  local token project
  get() { read -r token project < <(testdata/peers/keystone/gettoken.py "$@") && [ -n "$project" ]; }
  get demo && identities+=(--token "$token" --project "$project")
}

# judge NAME URL FLAG... runs the suite, and leaves its report in zaqarwire-report/NAME.
judge() {
  local name=$1
  shift
  build
  timeout -k 10 300 "$ZAQARWIRE" check "$@" -o "zaqarwire-report/$name" "${identities[@]}" </dev/null
}
