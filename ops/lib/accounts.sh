# SPDX-License-Identifier: Apache-2.0
# Log-ins of the sample: one account per role that the first letter needs. A token is shown once, so it is kept.

# account, which names the file of its token too; role; code of the organization. The first is whom an empty system begins
# with: the account that --bootstrap makes is for programs, for nobody stands above it who could give it a code.
FIRST_ACCOUNT='city_office city_clerk ROOT'
ACCOUNTS="$FIRST_ACCOUNT
town_clerk committee_clerk Z0001
town_secretary branch_secretary Z00010001
district_clerk committee_clerk D00010001
district_secretary branch_secretary D00010001001"

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

# Passwords for the console, chosen by the one-time code that the level above gives, and kept like the tokens.
make_passwords() {
  printf '%s\n' "$ACCOUNTS" | while read -r account _; do
    [ -s "$PASSWORDS/$account" ] || choose_password "$account"
  done
}

choose_password() {
  api_get city_clerk '/accounts?limit=200'
  id=$(answer ".items[] | select(.name == \"$1\") | .id")
  api_post city_clerk "/accounts/$id/reset" '{}'
  (
    umask 077
    answer .code >"$PASSWORDS/$1.code"
    new_key | cut -c 1-18 >"$PASSWORDS/$1.new"
    log_in "$1" "$PASSWORDS/$1.code" >"$TOKENS/$1.code"
    api_post "$1.code" /session/password "$(jq -n --rawfile old "$PASSWORDS/$1.code" --rawfile new "$PASSWORDS/$1.new" \
      '{old_password: ($old | rtrimstr("\n")), new_password: ($new | rtrimstr("\n"))}')"
  )
  rm "$PASSWORDS/$1.code" "$TOKENS/$1.code"
  mv "$PASSWORDS/$1.new" "$PASSWORDS/$1"
}

# log_in ACCOUNT FILE: prints the token of a log-in with the password, or code, in the file.
log_in() {
  jq -n --arg name "$1" --rawfile password "$2" '{name: $name, password: ($password | rtrimstr("\n"))}' |
    curl -fsS --max-time 30 -H 'Content-Type: application/json' --data @- "$API/session" | jq -er .token
}

print_log_ins() {
  printf '%s\n' 'city_clerk city_clerk the-root' "$ACCOUNTS" | while read -r account role place; do
    [ ! -s "$TOKENS/$account" ] || printf '  %-20s %-18s %-14s %s\n' "$account" "$role" "$place" \
      "$(cat "$PASSWORDS/$account" 2>/dev/null)"
  done
}
