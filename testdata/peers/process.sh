# SPDX-License-Identifier: Apache-2.0
# Sourced by each peer's env.sh, which says first where PEER_DIR is: processes kept
# by pid file, ports, packages.
: "${PYTHON:=/usr/bin/python3}" # Debian's: another python3 on PATH lacks its modules
: "${WAIT_S:=240}"              # how long to wait for a port, in seconds

export PYTHONDONTWRITEBYTECODE=1

# started PID prints the start time that the kernel keeps for a process. It tells
# a process of ours from a later one that was given the same number.
started() { cut -d' ' -f22 "/proc/$1/stat" 2>/dev/null || true; }

# gone PID is true when a process has ended, be it reaped or not.
gone() { ! kill -0 "$1" 2>/dev/null || grep -qs '^State:.Z' "/proc/$1/status"; }

# begin NAME COMMAND... starts a process in a session of its own, with its output in
# NAME.out and its pid and start time in NAME.pid.
begin() {
  local name=$1
  shift
  setsid "$@" >"$PEER_DIR/$name.out" 2>&1 </dev/null &
  echo "$! $(started $!)" >"$PEER_DIR/$name.pid"
}

# alive NAME is true when NAME's pid file names a process that we started and that runs.
alive() {
  local pid since
  read -r pid since 2>/dev/null <"$PEER_DIR/$1.pid" || return 1
  ! gone "$pid" && [ "$(started "$pid")" = "$since" ]
}

# stop NAME ends the process of NAME's pid file: TERM, and after 5 s KILL to its
# whole session.
stop() {
  local pid _
  if alive "$1"; then
    read -r pid _ <"$PEER_DIR/$1.pid"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 50); do
      if gone "$pid"; then break; fi
      sleep 0.1
    done
    gone "$pid" || kill -9 -- "-$pid" 2>/dev/null || kill -9 "$pid" 2>/dev/null || true
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

# wait_for NAME WHAT COMMAND... waits until COMMAND holds, and fails when NAME ends or takes too long.
wait_for() {
  local name=$1 what=$2 until=$((SECONDS + WAIT_S))
  shift 2
  until "$@"; do
    if ! alive "$name"; then
      echo "$name ended before $what; the end of $PEER_DIR/$name.out:" >&2
      tail -n 20 "$PEER_DIR/$name.out" >&2
      return 1
    fi
    if [ "$SECONDS" -ge "$until" ]; then
      echo "$name: not $what within $WAIT_S s; see $PEER_DIR/$name.out" >&2
      return 1
    fi
    sleep 0.1
  done
}

# wait_port PORT NAME waits until NAME listens.
wait_port() { wait_for "$2" "it listened on port $1" port_open "$1"; }

# again COMMAND... tries it up to three times: a mirror may be away for a moment.
again() {
  local n
  for n in 1 2 3; do
    if "$@"; then return 0; fi
    sleep $((n * 10))
  done
  return 1
}

# install PACKAGE... installs what is missing, on Debian 12, as root.
install() {
  local lock=/var/lock/zaqarwire-peers-install # two peers may be installed at once
  if dpkg-query -W -f='${db:Status-Abbrev}\n' "$@" 2>/dev/null | grep -cx 'ii *' | grep -qx "$#"; then
    return 0
  fi
  [ "$(id -u)" = 0 ] || { echo "install.sh: run as root" >&2; return 1; }
  (
    . /etc/os-release
    if [ "${VERSION_CODENAME:-}" != bookworm ]; then
      echo "written for Debian 12 (bookworm), this is ${PRETTY_NAME:-unknown}; trying all the same" >&2
    fi
    flock 9
    export DEBIAN_FRONTEND=noninteractive
    again apt-get -qq -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=600 update
    again apt-get -qq -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$@" </dev/null >/dev/null
  ) 9>"$lock"
  dpkg-query -W "$@"
}

# install_with_node PACKAGE... installs them, and Node.js where the machine has none of its own.
install_with_node() {
  local node=()
  command -v npm >/dev/null || node=(nodejs npm) # Debian's would put an image's own Node.js out
  install "$@" "${node[@]}"
}

# npm_ci FOLDER copies it into PEER_DIR, and installs there what its lock file pins.
npm_ci() {
  local to=$PEER_DIR/${1##*/}
  rm -rf "$to"
  mkdir -p "$to"
  find "$1" -maxdepth 1 -type f -exec cp -t "$to" {} +
  (cd "$to" && again timeout 600 npm ci --ignore-scripts --no-audit --no-fund </dev/null >"$PEER_DIR/npm.out" 2>&1) ||
    { echo "npm ci failed:" >&2; tail -n 20 "$PEER_DIR/npm.out" >&2; return 1; }
}
