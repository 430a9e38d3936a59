#!/bin/sh
# A setting without a default stands where processes are started: ops/lib/environment.sh and docker-compose.yml. Both name
# only settings that some process knows.
set -eu
ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
RUN=/nonexistent PORT_BASE=8700
. "$ROOT/ops/lib/all.sh"

# rows: NAME required|optional
rows=$(find "$ROOT/services" "$ROOT/gateway" -name '*.def' -exec cat {} + | tr '\n' ' ' | sed 's/SETTING(/\n&/g' |
  sed -n 's/^SETTING([^,]*, *"\(LIANGXIN_[A-Z0-9_]*\)", *[A-Z]*, *\([^,]*\),.*/\1 \2/p' |
  awk '{ print $1, $2 == "NULL" ? "required" : "optional" }')
tree=$(for process in $PROCESSES; do settings_of "$process"; done | sed 's/=.*//' | sort -u)
compose=$(sed -n 's/^ *\(LIANGXIN_[A-Z0-9_]*\):.*/\1/p' "$ROOT/docker-compose.yml" | sort -u)

case "${rows:+1}${tree:+1}${compose:+1}" in
111) ;;
*) die 'found no settings to compare' ;;
esac
{
  printf '%s\n' "$rows" | sed 's/^/row /'
  printf '%s\n' "$tree" | sed 's/^/ops\/lib\/environment.sh /'
  printf '%s\n' "$compose" | sed 's/^/docker-compose.yml /'
} | awk '
  $1 == "row" { kind[$2] = $3; next }
  { named[$1, $2]; names[$1 " " $2]; places[$1] }
  END {
    for (entry in names) {
      split(entry, part, " ")
      if (!(part[2] in kind)) { print part[1] " names " part[2] ", which no process knows"; wrong++ }
    }
    for (name in kind) {
      total++
      for (place in places)
        if (kind[name] == "required" && !((place, name) in named)) {
          print name " has no default and " place " does not set it"; wrong++
        }
    }
    printf "%d settings, %d wrong\n", total, wrong
    exit wrong > 0
  }'
