#!/bin/sh
# Every change of a plan has its deploy and verify script; a deploy script is one transaction in the service's schema, and
# grants after the last table it makes.
set -eu
cd "$(dirname -- "$0")/../../migrations"

wrong=0
tell() {
  echo "$1"
  wrong=1
}

for plan in */sqitch.plan; do
  service=${plan%/*}
  changes=$(sed -n 's/^\([0-9][^ ]*\) .*/\1/p' "$plan")
  for change in $changes; do
    deploy=$service/deploy/$change.sql
    [ -f "$service/verify/$change.sql" ] || tell "$service/verify/$change.sql is missing"
    if [ ! -f "$deploy" ]; then
      tell "$deploy is missing"
      continue
    fi
    grep -q "^set local search_path to $service;" "$deploy" || tell "$deploy does not set search_path to $service"
    [ "$(grep -v '^ *$' "$deploy" | tail -n 1)" = 'commit;' ] || tell "$deploy does not end with commit"
    awk '/^create table/ { granted = 0 } /^\\ir ..\/..\/shared\/grants.sql$/ { granted = 1 } END { exit !granted }' "$deploy" ||
      tell "$deploy makes a table after its grants"
  done
done
exit "$wrong"
