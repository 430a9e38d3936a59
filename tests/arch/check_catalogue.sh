#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check_catalogue.sh OPERATIONS [CATALOGUE]: every row of services/organizations/catalogue.tsv names tables that a
# migration makes, operations that there are, and tests that run. OPERATIONS is the build's operations.json.
set -eu
cd "$(dirname "$0")/../.."
operations=$1
catalogue=${2:-services/organizations/catalogue.tsv}
faults=$(mktemp)
trap 'rm -f "$faults"' EXIT

fault() {
  echo "$catalogue: $1: $2" | tee -a "$faults" >&2
}

each() {
  echo "$1" | tr ',' '\n'
}

check_test() { # NUMBER FILE:FUNCTION
  file=${2%%:*}
  name=$(basename "$file" .c)
  grep -q "cmocka_unit_test[a-z_]*(${2#*:}[,)]" "tests/$file" 2>/dev/null || fault "$1" "no test $2"
  grep -qw -e "${name#test_}" -e "$name" "tests/$(dirname "$file")/CMakeLists.txt" || fault "$1" "$file is not built"
}

last=0
tab=$(printf '\t')
while IFS=$tab read -r number term tables methods tests rest; do
  case $number in '#'* | '') continue ;; esac
  if [ -z "$term" ] || [ -z "$tests" ] || [ -n "$rest" ]; then
    fault "$number" 'a row has five columns'
  fi
  [ "$number" -gt "$last" ] || fault "$number" 'rows are ordered by number, each once'
  last=$number
  for table in $(each "$tables"); do
    grep -qE "create (table|view) $table( |\$)" migrations/organizations/deploy/*.sql || fault "$number" "no table $table"
  done
  for method in $(each "$methods"); do
    grep -q "\"id\": \"$method\"" "$operations" || fault "$number" "no operation $method"
  done
  for test in $(each "$tests"); do
    check_test "$number" "$test"
  done
done < "$catalogue"
[ "$last" -gt 0 ] || fault 0 'there are no rows'
[ ! -s "$faults" ]
