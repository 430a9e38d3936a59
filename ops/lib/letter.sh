# SPDX-License-Identifier: Apache-2.0
# The first letter (组织关系介绍信): from a branch of the town to a branch of the second district, by the posts that
# would send it.

LETTER_FROM=Z00010001
LETTER_TO=D00010001
LETTER_BRANCH=D00010001001
LETTER_FILE=$RUN/letter # its id, so that a run that was cut off is taken up again
LETTER_COMMAND=$RUN/letter.command

# state, who acts next, event
LETTER_STEPS='draft town_secretary submit
submitted town_secretary agree
agreed town_clerk issue
issued district_clerk receive
received district_clerk assign
accepted district_secretary report
reported district_clerk send_receipt
receipted town_clerk match_stub'

# Only our own letter is led through its steps; when there are others already, none is sent.
send_letter() {
  if [ ! -s "$LETTER_FILE" ]; then
    api_get town_secretary '/transfers?limit=1'
    letter=$(answer '.items[0].id // "none"')
    if [ "$letter" != none ] && [ ! -e "$LETTER_COMMAND" ]; then
      say '  there are letters already; none is sent'
      return 0
    fi
    open_letter
  fi
  letter=$(cat "$LETTER_FILE")
  sent=
  while next_step; do
    letter_event "$actor" "$event"
    sent=yes
  done
  [ -n "$sent" ] || say '  the letter was sent before; nothing is sent again'
}

# The first member of the branch asks.
open_letter() {
  from=$(organization_id "$LETTER_FROM")
  to=$(organization_id "$LETTER_TO")
  api_get town_secretary "/members?organization_id=$from&limit=1"
  member=$(answer '.items[0].id')
  keep_key "$LETTER_COMMAND"
  api_post_patiently town_secretary /transfers "$(jq -cn --arg member "$member" --arg to "$to" \
    '{member_id: $member, to_committee_id: $to, reason: "work_unit_changed"}')"
  answer .id >"$LETTER_FILE"
  drop_key "$LETTER_COMMAND"
}

# Leaves who acts next in $actor and as what in $event; false when the letter has come to its end.
next_step() {
  api_get town_secretary "/transfers/$letter"
  state=$(answer .state) || exit 1
  actor=$(printf '%s\n' "$LETTER_STEPS" | awk -v state="$state" '$1 == state { print $2 }')
  event=$(printf '%s\n' "$LETTER_STEPS" | awk -v state="$state" '$1 == state { print $3 }')
  [ -n "$actor" ]
}

# letter_event TOKEN EVENT: on the version that the one who acts has seen.
letter_event() {
  case $2 in
  agree) details='{"dues_paid_to":"2026-10"}' ;;
  assign)
    branch=$(organization_id "$LETTER_BRANCH")
    details=$(jq -cn --arg id "$branch" '{branch_id: $id}')
    ;;
  *) details='{}' ;;
  esac
  api_get "$1" "/transfers/$letter"
  api_post "$1" "/transfers/$letter/$2" "$details" -H "If-Match: $(answer_etag)"
}

print_letter() {
  api_get town_clerk "/transfers/$letter"
  say "  letter $(answer .number), now $(answer .state)"
  api_get town_clerk "/transfers/$letter/timeline"
  steps=$(answer '.items[] | "\(.at) \(.event) \(.state) \(.role), \(.organization_name)"')
  printf '    %-33s %-13s %-10s %s\n' time event state 'acted as'
  printf '%s\n' "$steps" | while read -r at event state who; do
    printf '    %-33s %-13s %-10s %s\n' "$at" "$event" "$state" "$who"
  done
}
