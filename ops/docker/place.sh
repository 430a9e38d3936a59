# SPDX-License-Identifier: Apache-2.0
# ops/lib inside a container: the keys lie in /keys, the programs among the system's, the database on another host.
RUN=/tmp/run
. "$ROOT/ops/lib/all.sh"
# shellcheck disable=SC2034 # read by ops/lib
BIN=/usr/local/bin KEYS=/keys PG_HOST=postgres PG_PORT=5432
mkdir -p "$RUN"

place_postgres() { :; }

superuser_host() { printf %s "$PG_HOST"; }

export PGPASSFILE="$KEYS/db/postgres.pgpass"
