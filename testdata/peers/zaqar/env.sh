# Sourced by up.sh, down.sh and check.sh: settings, which the caller may set, and
# processes kept by pid file.
: "${PORT_WS:=19200}"      # Zaqar's WebSocket
: "${PORT_NOTIFY:=19201}"  # Zaqar's own notification listener; it cannot be turned off
: "${PORT_REDIS:=19203}"   # a redis-server for this peer alone
: "${PEER_DIR:=${TMPDIR:-/tmp}/zaqarwire-peer-zaqar}" # configuration, logs and pid files
: "${PYTHON:=/usr/bin/python3}" # Debian's: another python3 on PATH lacks its modules
: "${WAIT_S:=60}"          # how long up.sh waits for a port, in seconds

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# started PID prints the start time that the kernel keeps for a process. It tells
# a process of ours from a later one that was given the same number.
started() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || true; }

# gone PID is true when a process has ended, be it reaped or not.
gone() { ! kill -0 "$1" 2>/dev/null || grep -qs '^State:.Z' "/proc/$1/status"; }

# record NAME PID writes NAME's pid file: the pid and its start time.
record() { echo "$2 $(started "$2")" >"$PEER_DIR/$1.pid"; }

# alive NAME is true when NAME's pid file names a process that we started and that runs.
alive() {
  local pid since
  read -r pid since 2>/dev/null <"$PEER_DIR/$1.pid" || return 1
  ! gone "$pid" && [ "$(started "$pid")" = "$since" ]
}

# stop NAME ends the process of NAME's pid file: TERM, and KILL after 5 s.
stop() {
  local pid _
  if alive "$1"; then
    read -r pid _ <"$PEER_DIR/$1.pid"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 50); do
      if gone "$pid"; then break; fi
      sleep 0.1
    done
    gone "$pid" || kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$PEER_DIR/$1.pid"
}

port_open() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port PORT fails when something else listens there.
free_port() {
  if port_open "$1"; then
    echo "port $1 is taken by something that this script did not start" >&2
    return 1
  fi
}

# wait_port PORT NAME waits until NAME listens, and fails when it ends or takes too long.
wait_port() {
  local _
  for _ in $(seq $((WAIT_S * 10))); do
    if port_open "$1"; then return 0; fi
    if ! alive "$2"; then
      echo "$2 ended before it listened on port $1; the end of $PEER_DIR/$2.out:" >&2
      tail -n 20 "$PEER_DIR/$2.out" >&2
      return 1
    fi
    sleep 0.1
  done
  echo "$2 did not listen on port $1 within $WAIT_S s; see $PEER_DIR/$2.out" >&2
  return 1
}
