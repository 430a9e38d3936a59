# SPDX-License-Identifier: Apache-2.0
# The five services and the gateway under runit: runsvdir watches $SUPERVISED, one folder per process; each has a
# supervisor that starts it again when it ends, and a logger that keeps ten files of 1 MB in $LOGS/<process>.

SUPERVISOR_PID=$RUN/supervisor.pid
READY_SECONDS=60

# Words that start a program with no way to more rights than its owner's: root's own processes keep no capability.
without_privileges() {
  for words in 'setpriv --no-new-privs --inh-caps=-all --bounding-set=-all' 'setpriv --no-new-privs'; do
    if $words true 2>/dev/null; then
      echo "$words"
      return
    fi
  done
}

# A folder comes into being whole, for the supervisor may look at any moment.
write_process() {
  new_process "$1"
  (
    umask 077
    settings_of "$1" >"$new/settings"
  )
  cat >"$new/run" <<END
#!/bin/sh
exec 2>&1
set -a
. ./settings
exec $(without_privileges) $(quoted "$BIN/liangxin-${1%.next}")
END
  mark_process "$BIN/liangxin-${1%.next}"
}

# new_process PROCESS: its folder in $new, with the logger.
new_process() {
  new=$RUN/new.$1
  rm -rf "$new"
  mkdir -p "$new/log" "$LOGS/$1"
  cat >"$new/log/run" <<END
#!/bin/sh
exec svlogd $(quoted "$LOGS/$1")
END
  printf 's1000000\nn10\n' >"$LOGS/$1/config"
}

# mark_process FILE...: what the process depends on beside its settings.
mark_process() {
  chmod 755 "$new/run" "$new/log/run"
  cat "$new/settings" "$new/run" "$@" | sha256sum | cut -c1-16 >"$new/mark"
}

# place_process PROCESS: nothing changes while settings and program are the same; else it is started anew.
place_process() {
  if cmp -s "$new/mark" "$SUPERVISED/$1/mark"; then
    rm -rf "$new"
  elif [ -d "$SUPERVISED/$1" ]; then
    put_in_place "$1"
    ! supervisor_is_running || sv -w 30 restart "$SUPERVISED/$1"
  else
    mv "$new" "$SUPERVISED/$1"
  fi
}

put_in_place() {
  for file in settings run mark log/run; do mv "$new/$file" "$SUPERVISED/$1/$file"; done
  rm -rf "$new"
}

supervisor_is_running() {
  [ -s "$SUPERVISOR_PID" ] && tr '\0' '\n' <"/proc/$(cat "$SUPERVISOR_PID")/cmdline" 2>/dev/null | grep -qxF "$SUPERVISED"
}

start_processes() {
  for process in $PROCESSES; do
    write_process "$process"
    place_process "$process"
  done
  place_terminator
  if ! supervisor_is_running; then
    rm -rf "$SUPERVISED"/*.next # of an ops/reload that was cut off
    env -i PATH="$PATH" setsid runsvdir -P "$SUPERVISED" </dev/null >>"$LOGS/supervisor" 2>&1 9>&- &
    echo $! >"$SUPERVISOR_PID"
  fi
  for process in $PROCESSES; do wait_ready "$process"; done
  ! tls_is_on || wait_ready tls
}

is_ready() {
  case $1 in
  tls) curl -fsk -o /dev/null --max-time 2 "$TLS_BASE/api/v1/openapi.json" ;;
  *) curl -fs -o /dev/null --max-time 2 "http://127.0.0.1:$(port "$1" admin)/ready" ;;
  esac
}

wait_ready() {
  end=$(($(date +%s) + READY_SECONDS))
  until is_ready "$1"; do
    if [ "$(date +%s)" -ge "$end" ]; then
      tail -n 10 "$LOGS/$1/current" 2>/dev/null || true
      die "$1 is not ready after $READY_SECONDS s: ops/logs $1"
    fi
    sleep 0.2
  done
}

# The process and all below it, one id a line.
process_tree() {
  cat /proc/[0-9]*/stat 2>/dev/null | sed 's/^\([0-9]*\) (.*) . \([0-9]*\) .*/\1 \2/' | awk -v top="$1" '
    { parent[$1] = $2 }
    END {
      for (id in parent) {
        for (up = id; up != "" && up != top; up = parent[up]) { }
        if (up == top) print id
      }
    }'
}

# HUP tells runsvdir to end its supervisors, each of which ends its process first.
stop_processes() {
  supervisor_is_running || return 0
  tree=$(process_tree "$(cat "$SUPERVISOR_PID")")
  kill -HUP "$(cat "$SUPERVISOR_PID")"
  wait_gone 30 "$tree" || end_by_force "$tree"
  rm -f "$SUPERVISOR_PID"
}

alive() {
  for id in $1; do [ ! -d "/proc/$id" ] || printf '%s ' "$id"; done
}

wait_gone() {
  end=$(($(date +%s) + $1))
  while [ -n "$(alive "$2")" ]; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep 0.1
  done
}

end_by_force() {
  left=$(alive "$1")
  say "ending by force: $left"
  # shellcheck disable=SC2086 # a list of ids
  kill -KILL $left 2>/dev/null || true
  wait_gone 5 "$1" || die "these processes stay: $(alive "$1")"
}
