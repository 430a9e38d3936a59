# SPDX-License-Identifier: Apache-2.0
# Where things lie and on which ports they listen. Everything is made below $RUN; the other files read these names only.
# ROOT is the checkout; a command that wants another place or other ports sets RUN, BUILD, PORT_BASE before.
umask 022

RUN=${RUN:-$ROOT/.run}
BUILD=${BUILD:-$ROOT/build/release}
BIN=$BUILD/bin
KEYS=$RUN/keys
TOKENS=$RUN/tokens
PASSWORDS=$RUN/passwords
LOGS=$RUN/log
SUPERVISED=$RUN/service
STEP_LOG=${STEP_LOG:-$RUN/step.log}
STEP_NOTE=$RUN/step.note
# ops/up chooses and writes down; the others find what it chose
PORT_BASE=${PORT_BASE:-$(cat "$RUN/port_base" 2>/dev/null || echo 8700)}

SERVICES='organizations transfers dues training notifications'
PROCESSES="$SERVICES gateway"

# process, then the offsets of its ports: rpc (of the gateway: HTTP), doorbell, admin. tls is the terminator's port, on all
# addresses; proxy is the gateway's second one, for the terminator alone. <process>.next is there while ops/reload works.
PORT_TABLE='gateway 0 - 1
gateway.next 0 - 5
postgresql 2 - -
tls 3 - -
proxy 4 - -
organizations 10 11 12
organizations.next 13 14 15
transfers 20 21 22
transfers.next 23 24 25
dues 30 31 32
dues.next 33 34 35
training 40 41 42
training.next 43 44 45
notifications 50 51 52
notifications.next 53 54 55'

# port PROCESS rpc|bell|admin
port() {
  printf '%s\n' "$PORT_TABLE" | awk -v process="$1" -v kind="$2" -v base="$PORT_BASE" '
    BEGIN { column["rpc"] = 2; column["bell"] = 3; column["admin"] = 4 }
    $1 == process { print base + $column[kind] }'
}

PG_HOST=127.0.0.1
PG_PORT=$(port postgresql rpc)
HTTP_BASE=http://127.0.0.1:$PORT_BASE

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "'$1' needs root: run as root or install sudo"
  fi
}

# Folders that every command may count on. Keys and tokens are for their owner alone.
make_place() {
  case $PORT_BASE in
  '' | *[!0-9]*) die "LIANGXIN_PORT_BASE is not a number: $PORT_BASE" ;;
  esac
  mkdir -p "$RUN" "$LOGS" "$SUPERVISED" 2>/dev/null || die "cannot write to $RUN"
  (
    umask 077
    mkdir -p "$KEYS/db" "$TOKENS" "$PASSWORDS"
    : >"$RUN/answer" # of the API: may hold personal data
  )
  echo "$PORT_BASE" >"$RUN/port_base"
}

# is_listening PORT: from the kernel's table, for a bare system has no tool that tells.
is_listening() {
  awk -v port="$(printf '%04X' "$1")" '
    $4 == "0A" { n = split($2, part, ":"); if (part[n] == port) found = 1 }
    END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}
