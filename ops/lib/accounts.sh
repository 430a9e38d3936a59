# SPDX-License-Identifier: Apache-2.0
# Log-ins of the sample: one account per role that the first letter needs. A token is shown once, so it is kept.

# account, which names the file of its token too; role; code of the organization
ACCOUNTS='town_clerk committee_clerk Z0001
town_secretary branch_secretary Z00010001
district_clerk committee_clerk D00010001
district_secretary branch_secretary D00010001001'

# ask_city: the name of the root, while there is none; an empty answer takes the sample's.
ask_city() {
  [ ! -s "$TOKENS/city_clerk" ] || return 0
  printf "  Name of the city's root organization (empty: a sample name): "
  read -r LIANGXIN_BOOTSTRAP_CITY || say
  if [ -n "$LIANGXIN_BOOTSTRAP_CITY" ]; then export LIANGXIN_BOOTSTRAP_CITY; else unset LIANGXIN_BOOTSTRAP_CITY; fi
}

# The city clerk and the root come from the service itself: there is nobody yet who could ask the API.
bootstrap() {
  [ ! -s "$TOKENS/city_clerk" ] || return 0
  (
    umask 077
    LIANGXIN_BOOTSTRAP_TOKEN_FILE=$TOKENS/city_clerk
    export LIANGXIN_BOOTSTRAP_TOKEN_FILE
    with_settings_of organizations "$BIN/liangxin-organizations" --bootstrap
  )
  [ -s "$TOKENS/city_clerk" ] || die "liangxin-organizations --bootstrap wrote no token"
}

make_accounts() {
  printf '%s\n' "$ACCOUNTS" | while read -r account role place; do
    [ ! -s "$TOKENS/$account" ] || continue
    organization=$(organization_id "$place")
    make_account "$account" "$role" "$organization"
  done
}

make_account() {
  keep_key "$TOKENS/$1.command"
  api_post city_clerk /accounts "$(jq -cn --arg name "$1" --arg role "$2" --arg organization "$3" \
    '{name: $name, role: $role, organization_id: $organization}')"
  (
    umask 077
    answer .token >"$TOKENS/$1.new"
  )
  : >"$RUN/answer"
  mv "$TOKENS/$1.new" "$TOKENS/$1"
  drop_key "$TOKENS/$1.command"
}

print_log_ins() {
  printf '%s\n' 'city_clerk city_clerk the-root' "$ACCOUNTS" | while read -r account role place; do
    [ ! -s "$TOKENS/$account" ] || printf '  %-20s %-18s %s\n' "$account" "$role" "$place"
  done
}
