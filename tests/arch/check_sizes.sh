#!/bin/sh
# A report, not a gate: the ten longest files, the ten longest functions and how many are over a screen (60 lines).
set -eu
cd "$(dirname -- "$0")/../.."

sources() { find services gateway proto ops -name node_modules -prune -o -name '*.c' -print; }

echo 'longest files'
sources | while read -r file; do printf '%6d %s\n' "$(wc -l <"$file")" "$file"; done | sort -rn | head -n 10

echo 'longest functions'
sources | while read -r file; do
  awk -v file="$file" '
    /^[a-z_][a-zA-Z0-9_]*\(/ { name = $0; sub(/\(.*/, "", name) }
    /^\{/ && name { began = NR }
    /^\}/ && began { printf "%6d %s %s\n", NR - began + 1, file, name; began = 0; name = "" }' "$file"
done | sort -rn | awk '
  NR <= 10 { print }
  $1 > 60 { long++ }
  END { printf "%d functions, %d over 60 lines\n", NR, long }'
