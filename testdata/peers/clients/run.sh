#!/bin/bash
# Runs today's clients against the reference server, on loopback, once without
# authentication and once with a token: `make clients`. Ends with 0 only when each
# made its whole journey. NAME... runs only these.
set -euo pipefail
. "$(dirname "$0")/env.sh"

all=(zaqarclient websockets autobahn tornado ws4py browser)
[ $# = 0 ] || all=("$@")

[ "$(id -u)" != 0 ] || "$HERE/install.sh"
mkdir -p "$PEER_DIR"
case " ${all[*]} " in *" browser "*) npm_ci "$HERE/browser" ;; esac

cd "$HERE/../../.."
. testdata/peers/judge.sh
build
export TOKEN=a-token-of-the-clients PROJECT=clients
(umask 077 && echo "$TOKEN $PROJECT" >"$PEER_DIR/tokens")

serve() { # serve NAME PORT FLAG...
  free_port "$2"
  begin "$1" "$ZAQARWIRE" serve --listen "127.0.0.1:$2" --origin "http://127.0.0.1:$PORT_PAGE" "${@:3}"
  wait_port "$2" "$1"
}
trap 'stop open; stop tokens' EXIT
serve open "$PORT_OPEN"
serve tokens "$PORT_TOKENS" --tokens "$PEER_DIR/tokens"

failed=()
for server in open tokens; do
  port=$PORT_OPEN
  [ "$server" = open ] || port=$PORT_TOKENS
  for client in "${all[@]}"; do
    run=("$PYTHON" "$HERE/${client}_client.py")
    [ "$client" != browser ] || run=(node "$PEER_DIR/browser/browser.mjs")
    out=$PEER_DIR/$server-$client.txt
    if ZAQAR_URL=ws://127.0.0.1:$port/ timeout -k 5 60 "${run[@]}" >"$out" 2>&1 </dev/null; then
      echo "ok    $client, server $server: $(grep -c "^[<a-z]" "$out") answers"
    else
      failed+=("$client, server $server")
      echo "FAIL  $client, server $server:"
      cat "$out"
    fi
  done
done
if [ ${#failed[@]} -gt 0 ]; then
  printf 'did not work: %s\n' "${failed[@]}" >&2
  exit 1
fi
