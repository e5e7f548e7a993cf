# SPDX-License-Identifier: Apache-2.0
# Sourced in the root of the repository: `zaqarwire check` with real tokens.

identities=() # flags, which tokens fills in; the tokens go by the environment

# build makes the command unless ZAQARWIRE says where it is: `go run` would turn each
# exit code into 1.
build() {
  if [ -z "${ZAQARWIRE:-}" ]; then
    ZAQARWIRE=$PWD/zaqarwire-report/zaqarwire
    go build -o "$ZAQARWIRE" ./cmd/zaqarwire
  fi
}

# tokens fetches them from a Keystone that runs: those of two projects, one of an
# administrator, and one that ends soon.
tokens() {
  local token project
  get() {
    read -r token project < <(testdata/peers/keystone/gettoken.py "$@") && [ -n "$project" ] ||
      { echo "Keystone gave no token for $*" >&2; return 1; }
  }
  get demo
  export ZAQARWIRE_TOKEN=$token
  identities+=(--project "$project")
  get admin demo
  export ZAQARWIRE_ADMIN_TOKEN=$token
  get demo2
  export ZAQARWIRE_OTHER_TOKEN=$token
  identities+=(--other-project "$project")
  get demo demo 50
  export ZAQARWIRE_EXPIRING_TOKEN=$token
}

# judge NAME URL FLAG... runs the suite, and leaves its report in zaqarwire-report/NAME.
judge() {
  local name=$1
  shift
  build
  timeout -k 10 900 "$ZAQARWIRE" check "$@" -o "zaqarwire-report/$name" "${identities[@]}" </dev/null
}
