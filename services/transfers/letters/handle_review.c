/* SPDX-License-Identifier: Apache-2.0 */
/* What has ended is taken up again, by a new letter that names the old one: a refusal by an appeal (申诉), which the
 * level above decides; a finished transfer by a correction (更正), a letter in the opposite direction that two accounts
 * above both committees approve. The old letter stays as it ended. On the worker's thread. */
#include "base/check.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static status_t
refuse(struct call *call, enum again_verdict verdict)
{
    switch (verdict) {
    case AGAIN_NOT_ACTIVE:
        return status_plain(PROBLEM_MEMBER_NOT_ACTIVE);
    case AGAIN_LETTER_OPEN:
        return status_plain(PROBLEM_LETTER_OPEN);
    case AGAIN_MOVED_ON:
        return status_detail(call->arena, PROBLEM_STATE_FORBIDS, "the member has moved on since");
    case AGAIN_MAY:
        break;
    }
    return OK;
}

/* The old letter notes that it was taken up, and `letter`, which the caller has made of it, goes to the level above. */
static status_t
take_up(struct call *call, struct step *step, struct letter *letter, Letter *out)
{
    struct letter_deed deed = {
        .name = letter_event_code(step->event), .note = step->note, .actor = call->actor, .at = call->now
    };
    struct again_facts facts;
    struct letter_view view;
    status_t st = again_facts_lock(call, &step->view.letter, &letter->from_committee, &facts);

    if (!st)
        st = refuse(call, again_may(&facts));
    if (st)
        return st;
    letter->from_branch = facts.branch;
    letter->state = LETTER_UP_REVIEW;
    step_take(call, step);
    st = letter_create(call, letter, &deed, &view);
    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return OK;
}

status_t
handle_appeal(struct call *call, const ReasonRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_APPEAL, .note = in->note };
    struct letter letter;
    status_t st = step_begin(call, in->id, &step);

    if (st)
        return st;
    letter = successor_of(call, &step.view.letter);
    return take_up(call, &step, &letter, out);
}

status_t
handle_undo(struct call *call, const ReasonRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_UNDO, .note = in->note };
    const struct letter *old = &step.view.letter;
    struct letter letter;
    status_t st = step_begin(call, in->id, &step);

    if (st)
        return st;
    letter = successor_of(call, old);
    letter.kind = LETTER_CORRECTION;
    letter.from_committee = old->to_committee;
    letter.to_committee = old->from_committee;
    letter.to_branch = (struct id){ { 0 } };
    return take_up(call, &step, &letter, out);
}

/* The second approval of a correction brings the member back to where the other letter took him from: here he changes
 * organization. */
static status_t
bring_back(struct call *call, struct letter_view *view)
{
    struct letter *letter = &view->letter;
    struct branch_facts branch;
    struct id id;
    status_t st = letter_origin(call, letter, &id);

    if (!st)
        st = branch_find(call, &id, &letter->to_committee, &branch);
    if (!st && (!branch.below_committee || !branch.takes_members))
        st = status_plain(PROBLEM_NOT_A_BRANCH);
    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_plain(PROBLEM_NOT_A_BRANCH) : st;
    letter->to_branch = branch.id;
    view->names.to_branch = branch.name;
    view->coverage.to_branch = branch.covered;
    letter_add_party(call->db, &letter->id, &branch.id);
    member_place(call->db, &letter->member, &branch.id, &letter->id);
    return OK;
}

status_t
handle_approve(struct call *call, const ApproveRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_APPROVE, .note = in->note };
    month_t dues;
    status_t st;

    if (in->dues_case == LIANGXIN__TRANSFERS__V1__APPROVE_REQUEST__DUES_DUES_PAID_TO) {
        CHECK(month_parse(slice_of(in->dues_paid_to), &dues)); /* the frame has checked the format */
        step.dues_paid_to = &dues;
    }
    st = step_begin(call, in->id, &step);
    if (!st && step.view.letter.kind == LETTER_CORRECTION && !id_is_nil(&step.view.letter.approver))
        st = bring_back(call, &step.view);
    if (st)
        return st;
    step_take(call, &step);
    letter_to_wire(call, &step.view, out);
    return OK;
}
