#!/bin/sh
# The services share proto/ and the runtime, not copies of each other: main.c and service.c of any two are less than 60 %
# the same lines, tables and files under 25 lines apart. The service's own name does not make a line another one.
set -eu
cd "$(dirname -- "$0")/../../services"

SERVICES='organizations transfers dues training notifications'

# code_lines SERVICE FILE: its lines outside comments, includes and tables, blanks squeezed, the name replaced.
code_lines() {
  awk -v service="$1" '
    /^\/\*/ { comment = 1 }
    comment { if (/\*\//) comment = 0; next }
    /^(static )?const .*= \{$/ { table = 1 }
    table { if (/^\};/) table = 0; next }
    /^#/ || /^ *[{}]?;?$/ { next }
    { gsub(service, "X"); gsub(/[ \t]+/, " "); print }' "$2"
}

alike() {
  { code_lines "$1" "$1/$3" && echo '==' && code_lines "$2" "$2/$3"; } | awk -v what="$1/$3 $2/$3" '
    $0 == "==" { second = 1; next }
    !second { lines[$0]++; n++ }
    second { m++; if (lines[$0] > 0) { lines[$0]--; same++ } }
    END {
      share = n + m ? 2 * same / (n + m) : 0
      printf "%s %.2f\n", what, share
      exit share >= 0.6
    }'
}

wrong=0
for file in main.c service.c; do
  seen=
  for service in $SERVICES; do
    [ -f "$service/$file" ] || continue
    [ "$(wc -l <"$service/$file")" -ge 25 ] || continue
    for other in $seen; do alike "$other" "$service" "$file" || wrong=1; done
    seen="$seen $service"
  done
done
exit "$wrong"
