# SPDX-License-Identifier: Apache-2.0
# One process takes over from another while work goes on. A second instance (<process>.next) with the new program and
# settings comes up beside the first; the first is started anew while the second answers; then the second goes. A service
# that stops sends new calls away unbegun and the gateway gives them to the other one; two gateways share their port.

# Callers look for an instance every half second (services/runtime/io/bus.c), and leave one that sent them away alone for
# one and a half (rpc/peers.c).
SETTLE_SECONDS=3

# The new settings must be good before anything is touched.
check_settings() {
  for process in ${1:-$PROCESSES}; do
    with_settings_of "$process" "$BIN/liangxin-$process" --check-config || die "the settings of $process are not good"
  done
}

# start_next PROCESS
start_next() {
  end_next "$1"
  ! is_listening "$(port "$1.next" admin)" || die "port $(port "$1.next" admin) is taken"
  write_process "$1.next"
  mv "$new" "$SUPERVISED/$1.next"
  wait_ready "$1.next"
}

# end_next PROCESS: outside of what the supervisor watches, so that it does not come again.
end_next() {
  [ -d "$SUPERVISED/$1.next" ] || return 0
  rm -rf "$RUN/gone.$1"
  mv "$SUPERVISED/$1.next" "$RUN/gone.$1"
  sv -w 30 exit "$RUN/gone.$1" || true
  rm -rf "$RUN/gone.$1"
}

# take_over PROCESS
take_over() {
  start_next "$1"
  sleep "$SETTLE_SECONDS"
  write_process "$1"
  put_in_place "$1"
  sv -w 30 restart "$SUPERVISED/$1"
  wait_ready "$1"
  sleep "$SETTLE_SECONDS"
  end_next "$1"
}
