#!/bin/sh
# Shell files are plain POSIX and shellcheck finds nothing; every command of ops/ has its manual.
set -eu
cd "$(dirname -- "$0")/../.."

set --
for file in ops/* ops/docker/* .ci/* tests/*/*.sh; do
  [ -f "$file" ] && head -n 1 "$file" | grep -qx '#!/bin/sh' && set -- "$@" "$file"
done
shellcheck -x "$@"

for command in ops/*; do
  [ -f "$command" ] || continue
  [ -x "$command" ] || continue
  "$command" --help | head -n 1 | grep -q "^usage: $command" || {
    echo "$command --help does not begin with its usage"
    exit 1
  }
done
