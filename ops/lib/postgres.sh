# SPDX-License-Identifier: Apache-2.0
# A private PostgreSQL server. It refuses to run as root: then it runs as Debian's user postgres. Services come over
# 127.0.0.1 with a password; the superuser comes over the socket alone, as root or as the one who ran ops/up.

PG_BIN=/usr/lib/postgresql/15/bin
PG_SOCKET_LIMIT=90 # of 107 bytes, leaving room for the socket's name

as_database_user() {
  (
    cd /
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
  )
}

database_user() {
  if [ "$(id -u)" = 0 ]; then echo postgres; else id -un; fi
}

# The data lie in $RUN/postgres, or outside the tree where the database's user cannot enter it or the socket's path would
# be too long.
outside_place() { printf '/var/lib/liangxin/%s' "$(printf '%s' "$RUN" | sha256sum | cut -c1-12)"; }

place_postgres() {
  PG_HOME=$RUN/postgres
  [ ! -d "$PG_HOME" ] || return 0
  if [ -d "$(outside_place)" ] || [ "${#PG_HOME}" -gt "$PG_SOCKET_LIMIT" ] ||
    ! as_database_user test -x "$RUN" 2>/dev/null; then
    PG_HOME=$(outside_place)
  fi
}

# Where the superuser comes in.
superuser_host() { printf %s "$PG_HOME/socket"; }

# Answers like psql; as superuser unless other arguments say more.
superuser_psql() {
  "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$(superuser_host)" -p "$PG_PORT" -U postgres "$@"
}

make_cluster() {
  set -- install -d -o "$(database_user)" -m 0700 "$PG_HOME"
  case $PG_HOME in
  "$RUN"/*) "$@" ;;
  *) as_root "$@" ;;
  esac
  as_database_user mkdir -p "$PG_HOME/socket"
  as_database_user "$PG_BIN/initdb" -D "$PG_HOME/data" -U postgres -k -E UTF8 --locale=C.UTF-8 --no-instructions \
    --auth-local=peer --auth-host=reject
  echo "include 'liangxin.conf'" | as_database_user tee -a "$PG_HOME/data/postgresql.conf" >/dev/null
}

# Error lines carry no statement, parameter or detail: those may hold personal data.
cluster_settings() {
  cat <<END
port = $PG_PORT
listen_addresses = '127.0.0.1'
unix_socket_directories = '"$(printf '%s' "$PG_HOME/socket" | sed "s/'/''/g")"'
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
password_encryption = scram-sha-256
timezone = UTC
log_timezone = UTC
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
${PG_EXTRA:-}
END
}

cluster_access() {
  if [ -n "${PG_TRUST:-}" ]; then echo "local all all trust"; fi
  echo "local all postgres peer map=operator"
  echo "host liangxin all 127.0.0.1/32 scram-sha-256"
}

cluster_people() {
  for user in root postgres "$(id -un)"; do printf 'operator "%s" postgres\n' "$user"; done | sort -u
}

write_cluster_settings() {
  cluster_settings | as_database_user tee "$PG_HOME/data/liangxin.conf" >/dev/null
  cluster_access | as_database_user tee "$PG_HOME/data/pg_hba.conf" >/dev/null
  cluster_people | as_database_user tee "$PG_HOME/data/pg_ident.conf" >/dev/null
}

postgres_is_running() {
  [ -d "$PG_HOME" ] && as_database_user "$PG_BIN/pg_ctl" -D "$PG_HOME/data" status >/dev/null 2>&1
}

postgres_port() { as_database_user sed -n 4p "$PG_HOME/data/postmaster.pid"; }

start_postgres() {
  place_postgres
  if postgres_is_running; then
    [ "$(postgres_port)" = "$PG_PORT" ] || stop_postgres
  fi
  if postgres_is_running; then
    note "$PG_HOME (was running)"
    return 0
  fi
  ! is_listening "$PG_PORT" || die "port $PG_PORT is taken: set LIANGXIN_PORT_BASE to a free range"
  as_database_user test -s "$PG_HOME/data/PG_VERSION" || make_cluster
  write_cluster_settings
  as_database_user "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -w -s -t 60 -l "$PG_HOME/log" start 9>&-
  note "$PG_HOME"
}

# What lies outside the tree goes; the rest goes with $RUN.
remove_outside_place() {
  [ -d "$(outside_place)" ] || return 0
  as_root rm -rf "$(outside_place)"
  as_root rmdir /var/lib/liangxin 2>/dev/null || true
}

stop_postgres() {
  place_postgres
  ! postgres_is_running || as_database_user "$PG_BIN/pg_ctl" -D "$PG_HOME/data" -w -s -t 60 -m fast stop
}
