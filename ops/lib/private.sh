# SPDX-License-Identifier: Apache-2.0
# A system for one run of ops/test or ops/bench: keys and PostgreSQL in a folder of its own and on free ports; both are
# gone when the command ends, however it ends. Programs find it by LIANGXIN_TEST_*.

# private_folder: to be called before all.sh, since everything lies below RUN.
private_folder() {
  RUN=$(mktemp -d "${TMPDIR:-/tmp}/liangxin.XXXXXX")
  chmod 711 "$RUN" # the database's user passes through
  PORT_BASE=$(free_port_base)
  mkdir -p "$ROOT/build"
  STEP_LOG=$ROOT/build/step.log # stays when a step fails
}

# A hundred ports below the kernel's own range, of which nobody listens on one.
free_port_base() {
  awk -v seed="$$" '
    $4 == "0A" { n = split($2, part, ":"); taken[int(value(part[n]) / 100)] = 1 }
    function value(hex, i, sum) {
      for (i = 1; i <= length(hex); i++) sum = sum * 16 + index("0123456789ABCDEF", substr(hex, i, 1)) - 1
      return sum
    }
    END {
      for (i = 0; i < 200; i++) {
        hundred = 110 + (seed + i) % 200
        if (!(hundred in taken)) { print hundred * 100; exit }
      }
      exit 1
    }' /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

private_close() {
  [ -z "${PG_HOME:-}" ] || stop_postgres || true
  remove_outside_place
  rm -rf "$RUN"
}

# Tests look into the database as any role, over the socket that only the superuser's folder holds.
private_open() {
  # shellcheck disable=SC2034 # read by postgres.sh
  PG_TRUST=yes
  step keys make_keys
  step postgresql start_postgres
  step database make_database
  step migrations migrate
  place_postgres
}

# private_variables BIN: what programs of a run are told.
private_variables() {
  export LIANGXIN_TEST_PG="$PG_HOME/socket" LIANGXIN_TEST_PGPORT="$PG_PORT" LIANGXIN_TEST_BIN="$1"
  export LIANGXIN_TEST_KEYS="$KEYS" LIANGXIN_TEST_PORT_BASE="$PORT_BASE" LIANGXIN_TEST_ROOT="$ROOT"
}
