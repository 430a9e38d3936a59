# SPDX-License-Identifier: Apache-2.0
# Log-ins of the sample: one account per role that the first letter needs. A token is shown once, so it is kept.

# file of the token, role, code of the organization, name shown
ACCOUNTS='town_clerk committee_clerk Z0001 三溪镇党工委经办
town_secretary branch_secretary Z00010001 和盛行业协会党支部书记
district_clerk committee_clerk D00010001 滨河街道综合党委经办
district_secretary branch_secretary D00010001001 滨河街道支部书记'

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
  printf '%s\n' "$ACCOUNTS" | while read -r file role code name; do
    [ ! -s "$TOKENS/$file" ] || continue
    organization=$(organization_id "$code")
    make_account "$file" "$role" "$organization" "$name"
  done
}

make_account() {
  api_post city_clerk /accounts "$(jq -cn --arg name "$4" --arg role "$2" --arg organization "$3" \
    '{name: $name, role: $role, organization_id: $organization}')"
  (
    umask 077
    answer .token >"$TOKENS/$1.new"
  )
  : >"$RUN/answer"
  mv "$TOKENS/$1.new" "$TOKENS/$1"
}

print_log_ins() {
  printf '  %-20s %-18s %-14s %s\n' token role organization name
  printf '%-20s %-18s %-14s %s\n' city_clerk city_clerk - 市级管理员 | sed 's/^/  /'
  printf '%s\n' "$ACCOUNTS" | while read -r file role code name; do
    [ ! -s "$TOKENS/$file" ] || printf '  %-20s %-18s %-14s %s\n' "$file" "$role" "$code" "$name"
  done
}
