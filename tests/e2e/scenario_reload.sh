#!/bin/sh
# ops/reload while people work: every process is taken over by a new one, with a setting that the old one did not have, and
# no request fails, be it a read or a step of a letter. A setting that is not good touches nothing. The audit's chains are
# whole behind it. LIANGXIN_TEST_PORT_BASE as for the other scenarios; the commands are those of ops/.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
PORTS=$((${LIANGXIN_TEST_PORT_BASE:-15000} + 40)) # the run's own server has + 2
for name in $(env | sed -n 's/^\(LIANGXIN_[A-Z_]*\)=.*/\1/p'); do unset "$name"; done
home=$(mktemp -d "${TMPDIR:-/tmp}/liangxin.XXXXXX")
chmod 711 "$home"
system=$home/system
mkdir "$system"

# ops COMMAND...: a command of ops/ for this system.
ops() {
  (
    export RUN="$system" LIANGXIN_PORT_BASE="$PORTS"
    command=$1
    shift
    "$ROOT/ops/$command" "$@"
  )
}

tear_down() {
  touch "$home/stop"
  wait
  ops reset --yes >/dev/null || true
  rm -rf "$home"
}
trap tear_down EXIT
trap 'exit 130' INT TERM

RUN=$system PORT_BASE=$PORTS
. "$ROOT/ops/lib/all.sh"

# worker NAME COMMAND...: goes on until the file stop is there, with a folder for the answers that no other one uses; a
# request that fails ends it. Its rounds are counted.
worker() {
  RUN=$home/$1
  mkdir -p "$RUN"
  shift
  rounds=0
  while [ ! -e "$home/stop" ]; do
    "$@"
    rounds=$((rounds + 1))
    echo "$rounds" >"$RUN/rounds"
  done
}

# A read of each service and two of ledgers, each by a connection of its own.
read_all() {
  for service in $SERVICES; do api_get town_clerk "/work/$service/count"; done
  for path in /members?limit=1 /transfers?limit=1; do api_get town_clerk "$path"; done
}

# A letter is drafted, handed in and withdrawn again.
write_all() {
  api_post town_secretary /transfers "$draft"
  letter=$(answer .id)
  for event in submit withdraw; do letter_event town_secretary "$event"; done
}

pids() { for process in $PROCESSES; do cat "$SUPERVISED/$process/supervise/pid"; done; }

die_with_logs() {
  tail -n 5 "$home"/*.log >&2
  die "$*"
}

ops up
from=$(organization_id "$LETTER_FROM")
to=$(organization_id "$LETTER_TO")
api_get town_secretary "/members?organization_id=$from&limit=1"
member=$(answer '.items[0].id')
draft=$(jq -cn --arg member "$member" --arg to "$to" \
  '{member_id: $member, to_committee_id: $to, reason: "work_unit_changed"}')
mkdir "$system/settings"

echo 'LIANGXIN_WORKERS=none' >"$system/settings/transfers"
before=$(pids)
if ops reload >"$home/refused" 2>&1; then die 'a setting that is not good was taken'; fi
grep -q LIANGXIN_WORKERS "$home/refused" || die "it did not say which: $(cat "$home/refused")"
[ "$(pids)" = "$before" ] || die 'a process was touched by a setting that is not good'
say 'ok: a setting that is not good touches nothing'

echo 'LIANGXIN_LOG_LEVEL=debug' >"$system/settings/all"
rm "$system/settings/transfers"
(worker reads read_all) >"$home/reads.log" 2>&1 &
reads=$!
(worker writes write_all) >"$home/writes.log" 2>&1 &
writes=$!
ops reload
kill -0 "$reads" "$writes" 2>/dev/null || die_with_logs 'a request failed while a process was taken over'
touch "$home/stop"
wait "$reads" || die_with_logs 'a read failed'
wait "$writes" || die_with_logs 'a write failed'
say "ok: $(cat "$home/reads/rounds") rounds of reads, $(cat "$home/writes/rounds") letters meanwhile"

for process in $PROCESSES; do
  grep -q debug "$SUPERVISED/$process/settings" || die "$process has the old settings"
  ! printf '%s\n' "$before" | grep -qx "$(cat "$SUPERVISED/$process/supervise/pid")" || die "$process is the old one"
  [ ! -d "$SUPERVISED/$process.next" ] || die "$process.next is still there"
done
ops status
ops audit
