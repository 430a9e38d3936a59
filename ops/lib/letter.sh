# SPDX-License-Identifier: Apache-2.0
# The first letter (组织关系介绍信): from a branch of the town to a branch of the second district, by the posts that
# would send it.

LETTER_FROM=Z00010001
LETTER_TO=D00010001
LETTER_BRANCH=D00010001001

send_letter() {
  api_get town_clerk '/transfers?limit=1'
  sent=$(answer '.items | length')
  if [ "$sent" -gt 0 ]; then
    letter=$(answer '.items[0].id')
    say '  a letter was sent before; nothing is sent again'
    return 0
  fi
  open_letter
  branch=$(organization_id "$LETTER_BRANCH")
  letter_event town_secretary submit '{}'
  letter_event town_secretary agree '{"dues_paid_to":"2026-10"}'
  letter_event town_clerk issue '{}'
  letter_event district_clerk receive '{}'
  letter_event district_clerk assign "$(jq -cn --arg id "$branch" '{branch_id: $id}')"
  letter_event district_secretary report '{}'
  letter_event district_clerk send_receipt '{}'
  letter_event town_clerk match_stub '{}'
}

# The first member of the branch asks.
open_letter() {
  from=$(organization_id "$LETTER_FROM")
  to=$(organization_id "$LETTER_TO")
  api_get town_secretary "/members?organization_id=$from&limit=1"
  member=$(answer '.items[0].id')
  api_post_patiently town_secretary /transfers "$(jq -cn --arg member "$member" --arg to "$to" \
    '{member_id: $member, to_committee_id: $to, reason: "work_unit_changed"}')"
  letter=$(answer .id)
}

# letter_event TOKEN EVENT JSON: on the version that the one who acts has seen.
letter_event() {
  api_get "$1" "/transfers/$letter"
  api_post "$1" "/transfers/$letter/$2" "$3" -H "If-Match: $(answer_etag)"
}

print_letter() {
  api_get town_clerk "/transfers/$letter"
  say "  letter $(answer .number), now $(answer .state)"
  api_get town_clerk "/transfers/$letter/timeline"
  steps=$(answer '.steps[] | "\(.at) \(.event) \(.state) \(.role), \(.organization_name)"')
  printf '    %-25s %-13s %-10s %s\n' time event state 'acted as'
  printf '%s\n' "$steps" | while read -r at event state who; do
    printf '    %-25s %-13s %-10s %s\n' "$at" "$event" "$state" "$who"
  done
}
