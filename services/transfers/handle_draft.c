/* SPDX-License-Identifier: Apache-2.0 */
/* A letter is drafted (草稿) for a member of the actor's branch. Facts come from our copy of the directory. */
#include "base/check.h"
#include "io/clock.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static const struct {
    enum problem_name problem;
    const char *pointer; /* of the field that is in the way */
} refusals[] = {
    [DRAFT_MEMBER_NOT_ACTIVE] = { PROBLEM_MEMBER_NOT_ACTIVE, "/member_id" },
    [DRAFT_LETTER_OPEN] = { PROBLEM_LETTER_OPEN, "/member_id" },
    [DRAFT_SENDER_WITHOUT_POWER] = { PROBLEM_NO_ISSUING_POWER, "/member_id" },
    [DRAFT_NO_RECEIVER] = { PROBLEM_NOT_FOUND, "/to_committee_id" },
    [DRAFT_RECEIVER_WITHOUT_POWER] = { PROBLEM_NO_ISSUING_POWER, "/to_committee_id" },
    [DRAFT_SAME_COMMITTEE] = { PROBLEM_SAME_COMMITTEE, "/to_committee_id" },
};

static struct letter
make_letter(const struct call *call, const struct draft_facts *facts, const struct id *member, const char *reason)
{
    return (struct letter){ .id = clock_id(),
                            .version = 1,
                            .state = LETTER_DRAFT,
                            .state_since = call->now,
                            .member = *member,
                            .person = facts->person,
                            .reason = reason,
                            .from_branch = facts->branch,
                            .from_committee = facts->sender,
                            .to_committee = facts->receiver,
                            .dues_paid_to = LETTER_MONTH_NONE,
                            .issued_on = DATE_NONE,
                            .valid_to = DATE_NONE,
                            .created_at = call->now };
}

status_t
handle_draft(struct call *call, const DraftRequest *in, Letter *out)
{
    struct id member = id_of(in->member_id);
    struct id receiver = id_of(in->to_committee_id);
    struct letter_deed deed = { .name = "draft", .note = in->note, .actor = call->actor, .at = call->now };
    struct draft_facts facts;
    struct letter letter;
    struct letter_view view;
    enum draft_verdict verdict;
    status_t st = draft_facts_lock(call, &member, &receiver, &facts);

    if (st)
        return st;
    verdict = draft_may(&facts);
    if (verdict)
        return status_field(call->arena, refusals[verdict].problem, refusals[verdict].pointer);

    letter = make_letter(call, &facts, &member, reason_of_wire(in->reason));
    st = letter_create(call, &letter, &deed, &view);
    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return OK;
}
