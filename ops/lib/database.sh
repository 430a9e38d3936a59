# SPDX-License-Identifier: Apache-2.0
# What stands in the server: database, roles, passwords, migrations. Every step may be run again.

make_database() {
  place_postgres
  if [ -z "$(superuser_psql -At -d postgres -c "select 1 from pg_database where datname = 'liangxin'")" ]; then
    superuser_psql -d postgres -c 'create database liangxin'
  fi
  superuser_psql -d liangxin -f "$ROOT/migrations/roles.sql"
  role_passwords | superuser_psql -d liangxin -f -
}

# Statements, not arguments: nobody sees them in the process table.
role_passwords() {
  for service in $SERVICES; do
    for role in "$service" "${service}_owner"; do
      printf "alter role %s password '%s';\n" "$role" "$(password_of "$role")"
    done
  done
}

migrate() {
  for service in $SERVICES; do migrate_service "$service"; done
  note "$(grep -c '^  + ' "$STEP_LOG" || true) new changes"
}

# As the schema's owner. sqitch wants a name for its log, and would read the home directory's settings.
migrate_service() {
  (
    cd "$ROOT/migrations/$1" || exit
    PGPASSFILE=$KEYS/db/${1}_owner.pgpass SQITCH_USER_CONFIG=/dev/null SQITCH_FULLNAME=Liangxin \
      SQITCH_EMAIL=liangxin@example.org \
      sqitch deploy --db-client "$PG_BIN/psql" --target "db:pg://${1}_owner@$PG_HOST:$PG_PORT/liangxin"
  )
}

# dsn SERVICE: how the service connects; the password comes from its file.
dsn() {
  printf "host=%s port=%s dbname=liangxin user=%s passfile='%s'" "$PG_HOST" "$PG_PORT" "$1" \
    "$(printf '%s' "$KEYS/db/$1.pgpass" | sed "s/['\\\\]/\\\\&/g")"
}
