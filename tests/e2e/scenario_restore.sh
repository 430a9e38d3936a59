#!/bin/sh
# A backup taken while letters are on their way, restored as another system: the same rows, the same log-ins, and every
# letter comes to its end there, once. LIANGXIN_TEST_PORT_BASE as for the other scenarios; the commands are those of ops/.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
PORTS=$((${LIANGXIN_TEST_PORT_BASE:-15000} + 40)) # both systems', one after the other; the run's own server has + 2
for name in $(env | sed -n 's/^\(LIANGXIN_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
home=$(mktemp -d "${TMPDIR:-/tmp}/liangxin.XXXXXX")
chmod 711 "$home"
mkdir "$home/first" "$home/second"

# on FOLDER COMMAND...: a command of ops/ for the system whose data lie there.
on() {
  (
    export RUN="$home/$1" LIANGXIN_PORT_BASE="$PORTS"
    shift
    "$@"
  )
}

tear_down() {
  touch "$home/stop"
  wait
  for system in first second; do on "$system" "$ROOT/ops/reset" --yes >/dev/null || true; done
  rm -rf "$home"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

RUN=$home/first PORT_BASE=$PORTS
. "$ROOT/ops/lib/all.sh"

STEPS='draft town_clerk submit
submitted town_clerk agree
agreed town_clerk issue
issued district_clerk receive
received district_clerk assign
accepted district_clerk report
reported district_clerk send_receipt
receipted town_clerk match_stub'

# walk LETTER: one step after the other, until it is closed or the file stop is there.
walk() {
  letter=$1
  while [ ! -e "$home/stop" ]; do
    api_get town_clerk "/transfers/$letter"
    state=$(answer .state)
    step=$(printf '%s\n' "$STEPS" | awk -v state="$state" '$1 == state { print $2, $3 }')
    [ -n "$step" ] || return 0
    letter_event "${step% *}" "${step#* }"
  done
}

# send FOLDER MEMBER...: a letter for each, with a folder for the answers that no other loop uses.
send() {
  RUN=$home/$1
  mkdir -p "$RUN"
  shift
  for member in "$@"; do
    [ ! -e "$home/stop" ] || return 0
    api_post town_clerk /transfers "$(jq -cn --arg member "$member" --arg to "$to" \
      '{member_id: $member, to_committee_id: $to, reason: "work_unit_changed"}')"
    walk "$(answer .id)"
  done
}

sql() { superuser_psql -At -d liangxin -c "$1"; }

expect() {
  [ "$2" = "$3" ] || die "$1: $2, not $3"
  say "ok: $1: $2"
}

# refuses TEXT COMMAND...: the command fails and says so.
refuses() {
  text=$1
  shift
  if said=$("$@" 2>&1); then die "$* did not fail"; fi
  printf '%s' "$said" | grep -q "$text" || die "$* said: $said"
  say "ok: refused: $text"
}

behind() {
  for service in $SERVICES; do
    sql "select count(*) from $service.outbox"
    for source in $SERVICES; do
      sql "select f.head - c.pos + (c.epoch <> f.epoch)::int from $service.cursor c, $source.feed_epoch f
           where c.source = '$source'"
    done
  done | awk '{ sum += $1 } END { print sum }'
}

await_followers() {
  end=$(($(date +%s) + 60))
  until [ "$(behind)" = 0 ]; do
    [ "$(date +%s)" -lt "$end" ] || die "followers are behind after 60 s"
    sleep 0.2
  done
}

# has_not FOLLOWER SOURCE: aggregates of the kinds it follows of which it has not applied the last version.
has_not() {
  sql "with last as (select aggregate, aggregate_id, max(version) as version from $2.feed group by 1, 2),
         here as (select l.*, s.version as seen from last l left join $1.seen s
                     on s.source = '$2' and s.aggregate_id = l.aggregate_id),
         kinds as (select distinct aggregate from here where seen is not null)
       select count(*) from here join kinds using (aggregate) where seen is distinct from version"
}

# Versions of every aggregate are 1, 2, 3 ... in the feed, and each follower has applied the last one.
check_feeds() {
  for source in $SERVICES; do
    expect "events of $source doubled or lost" "$(sql "select count(*) from (select from $source.feed
      group by aggregate_id having count(*) <> max(version) or count(distinct version) <> count(*)) x")" 0
    expect "positions missing in the feed of $source" \
      "$(sql "select e.head - (select count(*) from $source.feed) from $source.feed_epoch e")" 0
    expect "events of $source not applied by its followers" \
      "$(for follower in $SERVICES; do has_not "$follower" "$source"; done | awk '{ n += $1 } END { print n }')" 0
    expect "events parked in $source" "$(sql "select count(*) from $source.parked")" 0
  done
}

# draft_once: always the same command.
draft_once() {
  POST_KEY=$command
  api_post town_clerk /transfers "$body"
  POST_KEY=
  answer .id
}

say 'first system'
on first "$ROOT/ops/up"

place_postgres
to=$(organization_id "$LETTER_TO")
api_get town_clerk '/members?limit=60'
members=$(answer '.items[].id')
command=$(new_key)
body=$(jq -cn --arg member "$(printf '%s\n' "$members" | head -n 1)" --arg to "$to" \
  '{member_id: $member, to_committee_id: $to, reason: "work_unit_changed"}')
drafted=$(draft_once)
members=$(printf '%s\n' "$members" | tail -n +2)
half=$(printf '%s\n' "$members" | wc -l)
half=$((half / 2))
# shellcheck disable=SC2046 # lists of ids
(send one $(printf '%s\n' "$members" | head -n "$half")) >"$home/one.log" 2>&1 &
one=$!
# shellcheck disable=SC2046
(send two $(printf '%s\n' "$members" | tail -n "+$((half + 1))")) >"$home/two.log" 2>&1 &
two=$!

# under load: some letters are closed, some are on their way
closed=0
until [ "$closed" -ge 4 ]; do
  kill -0 "$one" "$two" || die "a sender ended: $(cat "$home/one.log" "$home/two.log")"
  sleep 0.2
  closed=$(sql "select count(*) from transfers.letter where state = 'closed'")
done
before=$(sql 'select count(*) from transfers.letter_history')
on first "$ROOT/ops/backup" "$home/backup"
after=$(sql 'select count(*) from transfers.letter_history')
touch "$home/stop"
wait "$one" || die "a sender failed: $(cat "$home/one.log")"
wait "$two" || die "a sender failed: $(cat "$home/two.log")"
rm "$home/stop"
[ "$after" -gt "$before" ] || die 'no step was taken during the backup'
say "ok: $((after - before)) steps were taken during the backup"
tokens=$TOKENS
on first "$ROOT/ops/down"

say 'second system'
cp -R "$home/backup" "$home/damaged"
printf x >>"$home/damaged/manifest.json"
refuses 'is damaged' on second "$ROOT/ops/restore" "$home/damaged"
on second "$ROOT/ops/restore" "$home/backup"
refuses 'ops/reset' on second "$ROOT/ops/restore" "$home/backup"

RUN=$home/second
unset STEP_LOG
. "$ROOT/ops/lib/all.sh"
place_postgres
TOKENS=$tokens # the log-ins of the first system
await_followers
check_feeds
expect 'the same command again' "$(draft_once)" "$drafted"
open=$(sql "select id from transfers.letter where state <> 'closed'")
say "ok: on their way: $(printf '%s\n' "$open" | wc -l)"
for letter in $open; do walk "$letter"; done
await_followers
check_feeds
expect 'letters that are not closed' "$(sql "select count(*) from transfers.letter where state <> 'closed'")" 0
letters=$(sql 'select count(*) from transfers.letter')
expect 'numbers without a gap' "$(sql 'select max(number_serial) from transfers.letter')" "$letters"
expect 'members moved by letter' "$(sql 'select count(letter_id) from organizations.membership')" "$letters"
expect 'members in the branch that their letter names' "$(sql "select count(*) from transfers.letter l
  join organizations.member m on m.id = l.member_id where m.organization_id = l.to_branch_id")" "$letters"
say "restored and went on: $letters letters"

# What stops is for the operator to see and to mend: a poisoned event, and a feed in another life.
say 'feeds'
poisoned=00000000-0000-7000-8000-00000000dead
sql "insert into organizations.outbox (aggregate, aggregate_id, version, type, payload, at)
     values ('member', '$poisoned', 7, 'MemberRecorded', '', now()) returning id" >/dev/null
await_followers
expect 'services where it is parked' "$(on second "$ROOT/ops/feeds" | grep -c "organizations.member.$poisoned.*version-gap")" \
  "$(sql "select count(*) from ($(for service in $SERVICES; do
    printf "%s select aggregate_id from $service.parked" "${union-}"
    union=' union all'
  done)) p")"
for service in $(on second "$ROOT/ops/feeds" | cut -f 1); do
  on second "$ROOT/ops/feeds" skip "$service" organizations "$poisoned"
done
expect 'lines of parked events' "$(on second "$ROOT/ops/feeds" | wc -l)" 0
sql "update organizations.feed_epoch set epoch = gen_random_uuid()" >/dev/null
on second "$ROOT/ops/feeds" epochs | sed -n 's/^\(.*\)\torganizations\tposition \([0-9]*\) of .*new epoch \(.*\)/\1 \3 \2/p' \
  >"$home/epochs"
while read -r service epoch position; do
  on second "$ROOT/ops/feeds" confirm "$service" organizations "$epoch" "$position"
done <"$home/epochs"
expect 'feeds in another life' "$(on second "$ROOT/ops/feeds" epochs | grep -c 'new epoch')" 0
await_followers
say "ok: $(wc -l <"$home/epochs") followers were told to go on"
