# SPDX-License-Identifier: Apache-2.0
# Loads a folder of ledgers through the import API: a dry run first, committed only when it would change something.

# ledger of the API, file of the sample, in the order in which they lean on each other
LEDGERS='regions divisions
organizations organizations
units units
members members'

load_sample() {
  for folder in township district; do
    printf '%s\n' "$LEDGERS" | while read -r ledger file; do
      import_ledger "$ledger" "$ROOT/ops/sample/$folder/$file.csv"
    done
  done
}

import_ledger() {
  began=$(date +%s)
  file=$(new_key)
  api city_clerk PUT "/files/$file?purpose=import&file_name=$(basename "$2")" -H 'Content-Type: text/csv' \
    --data-binary "@$2"
  api_post city_clerk /imports "{\"ledger\":\"$1\",\"file_id\":\"$file\"}"
  import=$(answer .id)
  await_import "$import" validated
  counts=$(import_counts)
  outcome='nothing new'
  invalid=$(answer .invalid)
  changes=$(answer '(.created // 0) + (.updated // 0)')
  etag=$(answer_etag)
  if [ "$invalid" -gt 0 ]; then
    problems=$(invalid_rows "$import")
    [ "$changes" -eq 0 ] || die "rows of $2 are invalid: $problems"
    outcome="nothing new; $problems"
  fi
  if [ "$changes" -gt 0 ]; then
    api_post city_clerk "/imports/$import/commit" '{"good_rows_only":false}' -H "If-Match: $etag"
    await_import "$import" succeeded
    outcome=committed
  fi
  short=${2#"$ROOT/ops/sample/"}
  printf '  %-28s %3s s  %s, %s\n' "$short" "$(($(date +%s) - began))" "$counts" "$outcome"
}

# await_import ID STATE
await_import() {
  tries=0
  while :; do
    api_get city_clerk "/imports/$1"
    state=$(answer .state)
    case $state in
    "$2") return 0 ;;
    failed | cancelled) die "the import failed: $(answer .problem)" ;;
    esac
    tries=$((tries + 1))
    [ "$tries" -lt 600 ] || die "the import is still $state after 120 s"
    sleep 0.2
  done
}

import_counts() {
  jq -r '[("read", "created", "updated", "unchanged", "duplicate", "invalid") as $k | "\(.[$k] // 0) \($k)"] |
    join(", ")' "$RUN/answer"
}

# invalid_rows ID: the first of them. After the first letter one is right: who moved by letter is not moved back by a file.
invalid_rows() {
  api_get city_clerk "/imports/$1/rows?outcome=invalid&limit=3"
  jq -r '[.items[] | "row \(.row): " + ([.problems[] | "\(.column) \(.detail)"] | join(", "))] | join("; ")' \
    "$RUN/answer"
}

# print_figures CODE: what the summary of an organization says.
print_figures() {
  figures=$(organization_id "$1")
  api_get city_clerk "/organizations/$figures"
  say "  $1 $(answer .name)"
  api_get city_clerk "/organizations/$figures/summary"
  jq -r '
    "    organizations      \(.organizations) (\(.single) single, \(.joint) joint; \(.nodes) nodes with the working committee)",
    "    units              \(.units), \(.units_covered) covered, \(.units_uncovered) without an organization" +
    " (\(.operating_uncovered) operating)",
    "    members            \(.members)",
    "    coverage           \(.operating_covered)/\(.units_operating) of the operating units",
    "    single rate        \(.operating_single)/\(.units_operating)"' "$RUN/answer"
}
