# SPDX-License-Identifier: Apache-2.0
# A backup is a folder: the database in one snapshot, keys, tokens, and what the snapshot held, to compare with.
#   manifest.json   when, of which version, the epoch and head of every feed, rows and digest of every table
#   database/       pg_dump's directory format
#   keys/ tokens/   as in $RUN, and settings/ where there are any
#   sums            sha256 of every other file; written last, so a folder without it is no backup

BACKUP_FORMAT=1

# One statement per table that is not a partition. The digest does not depend on the order of rows: the sum of 60 bits
# of each row's sha256. What a row looks like as text is settled by SNAPSHOT_SETTINGS.
TABLE_COUNTS=$(
  cat <<'END'
select format('select jsonb_build_object(%L, %L, %L, count(*), %L, coalesce(sum((''x'' || left(encode(sha256('
              'convert_to(t::text, ''UTF8'')), ''hex''), 15))::bit(60)::bigint), 0)::text) from %I.%I t',
              'table', n.nspname || '.' || c.relname, 'rows', 'digest', n.nspname, c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and not c.relispartition
   and n.nspname not in ('information_schema', 'pg_catalog', 'pg_toast', 'public')
 order by n.nspname, c.relname
END
)
SNAPSHOT_SETTINGS="set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex';
set extra_float_digits = 1; set client_min_messages = warning;"

# for_each_service SELECT: over all services, SERVICE being the name of each.
for_each_service() {
  between=
  for service in $SERVICES; do
    printf '%s' "$between"
    printf '%s\n' "$1" | sed "s/SERVICE/$service/g"
    between='union all '
  done
}

feeds_statement() {
  for_each_service "select jsonb_build_object('service', 'SERVICE', 'epoch', epoch, 'head', head,
    'waiting', (select count(*) from SERVICE.outbox)) from SERVICE.feed_epoch"
}

# Nothing may have been followed further than its feed goes: it would be passed over later. Never so in one snapshot;
# so it may be when services have servers of their own.
AHEAD="select c.follower || ' is ahead of ' || c.source from ($(for_each_service \
  "select 'SERVICE' as follower, source, pos from SERVICE.cursor")) c join ($(for_each_service \
  "select 'SERVICE' as source, head from SERVICE.feed_epoch")) f using (source) where c.pos > f.head"

# snapshot_counts: one JSON object a line for each table, then one for each feed, as this transaction sees them.
snapshot_statements() {
  cat <<END
\\o '$1/tables'
$TABLE_COUNTS
\\gexec
\\o '$1/feeds'
$(feeds_statement);
\\o '$1/ahead'
$AHEAD;
\\o
END
}

# count_now FOLDER: of the database as it is.
count_now() {
  {
    echo "$SNAPSHOT_SETTINGS"
    echo 'begin isolation level repeatable read read only;'
    snapshot_statements "$1"
    echo 'commit;'
  } | superuser_psql -At -d liangxin -f -
}

# dump_and_count FOLDER: both of the same snapshot, which psql holds open while pg_dump runs.
dump_and_count() {
  DUMP="'$PG_BIN/pg_dump' -h '$(superuser_host)' -p $PG_PORT -U postgres -Fd -f '$1/database'"
  {
    echo "$SNAPSHOT_SETTINGS"
    echo 'begin isolation level repeatable read read only;'
    echo 'select pg_export_snapshot() as snapshot \gset'
    echo '\setenv SNAPSHOT :snapshot'
    # shellcheck disable=SC2016 # for psql's shell
    printf '\\! %s --snapshot="$SNAPSHOT" liangxin && touch "%s/dumped"\n' "$DUMP" "$1"
    snapshot_statements "$1"
    echo 'commit;'
  } | superuser_psql -At -d liangxin -f -
  rm "$1/dumped" || die 'pg_dump failed'
  [ ! -s "$1/ahead" ] || die "the snapshot does not hold together: $(cat "$1/ahead")"
}

product_version() { sed -n 's/^project(liangxin VERSION \([0-9.]*\).*/\1/p' "$ROOT/CMakeLists.txt"; }

# write_manifest FOLDER: from what dump_and_count left there.
write_manifest() {
  jq -n --slurpfile tables "$1/tables" --slurpfile feeds "$1/feeds" --argjson format "$BACKUP_FORMAT" \
    --arg made_at "$(date -u +%Y-%m-%dT%H:%M:%SZ)" --arg version "$(product_version)" \
    --arg commit "$(git -C "$ROOT" rev-parse HEAD 2>/dev/null || true)" \
    --arg postgresql "$("$PG_BIN/pg_dump" --version | sed 's/.*) \([0-9.]*\).*/\1/')" \
    '{format: $format, made_at: $made_at, version: $version, commit: $commit, postgresql: $postgresql,
      feeds: $feeds, tables: $tables}' >"$1/manifest.json"
  rm "$1/tables" "$1/feeds" "$1/ahead"
}

write_sums() {
  (
    cd "$1" || exit
    find . -type f ! -name 'sums*' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum >sums.new
    mv sums.new sums
    sync -f sums
  )
}

# check_sums FOLDER: every file of it is there and is as it was written; the format is one that we know.
check_sums() {
  [ -s "$1/sums" ] || die "$1 is no backup: it has no file sums"
  (cd "$1" && sha256sum --quiet --strict -c sums) || die "$1 is damaged"
  format=$(jq -r .format "$1/manifest.json")
  [ "$format" = "$BACKUP_FORMAT" ] || die "$1 has format $format; this version reads $BACKUP_FORMAT"
}

summary_of() {
  jq -r '"\(.tables | length) tables, \([.tables[].rows] | add) rows, made at \(.made_at) by version \(.version)"' \
    "$1/manifest.json"
}

# Into the empty database that make_database has made: the schemas come with the backup.
load_dump() {
  "$PG_BIN/pg_restore" -h "$(superuser_host)" -p "$PG_PORT" -U postgres -d liangxin --clean --if-exists --exit-on-error \
    -j "$(nproc)" "$1/database"
}

# compare_with_manifest FOLDER: each table has the rows that the snapshot had, and no other table is there.
compare_with_manifest() {
  counted=$(mktemp -d)
  count_now "$counted"
  [ ! -s "$counted/ahead" ] || die "the backup does not hold together: $(cat "$counted/ahead")"
  jq -S -c '.tables[]' "$1/manifest.json" >"$counted/expected"
  jq -S -c . "$counted/tables" >"$counted/found"
  diff "$counted/expected" "$counted/found" || die 'the database is not what the manifest says (< backup, > restored)'
  note "$(wc -l <"$counted/found") tables, $(jq -s 'map(.rows) | add' "$counted/tables") rows, all as in the manifest"
  rm -rf "$counted"
}

# Who followed a feed follows its new life from the same place: all of them were in one snapshot. A follower from outside,
# which may have seen events that the backup has not, finds another epoch and stops. One that had stopped before stays so.
new_epochs() {
  {
    echo 'begin;'
    echo 'create temporary table life on commit drop as'
    for_each_service "select 'SERVICE'::text as source, epoch as old, gen_random_uuid() as new from SERVICE.feed_epoch"
    echo ';'
    for service in $SERVICES; do
      echo "update $service.feed_epoch set epoch = life.new from life where life.source = '$service';"
      echo "update $service.cursor c set epoch = life.new from life where life.source = c.source and life.old = c.epoch;"
    done
    echo 'commit;'
  } | superuser_psql -d liangxin -f -
}
