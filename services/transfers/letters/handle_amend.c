/* SPDX-License-Identifier: Apache-2.0 */
/* A letter's addressee or the letter itself is exchanged: the sending committee corrects what came back (更正, same
 * number) or issues it anew (补开, a new letter that names the old one); the addressee forwards what is not his (转投).
 */
#include "io/clock.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static status_t
find_addressee(struct call *call, const char *committee_id, const struct letter *letter,
               struct organization_facts *ret_addressee)
{
    struct id id = id_of(committee_id);
    status_t st = organization_find(call, &id, ret_addressee);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/to_committee_id") : st;
    if (id_equal(&id, &letter->from_committee))
        return status_field(call->arena, PROBLEM_SAME_COMMITTEE, "/to_committee_id");
    if (ret_addressee->dissolved)
        return status_field(call->arena, PROBLEM_ORGANIZATION_DISSOLVED, "/to_committee_id");
    if (!ret_addressee->may_issue)
        return status_field(call->arena, PROBLEM_NO_ISSUING_POWER, "/to_committee_id");
    return OK;
}

/* The new addressee becomes a party and is named on the letter; he has not seen it yet. */
static void
readdress(struct letter_view *view, const struct organization_facts *addressee)
{
    view->letter.to_committee = addressee->id;
    view->names.to_committee = addressee->name;
    view->letter.opened = false;
}

/* Queued, behind the step; then what the actor covers now. Who has forwarded a letter may be no party any more: he
 * still gets his answer, with nothing left to do. */
static status_t
tell_addressee(struct call *call, struct letter_view *view)
{
    struct letter_view now;
    status_t st;

    letter_add_party(call->db, &view->letter.id, &view->letter.to_committee);
    content_readdress(call->db, view);
    st = letter_find(call, &view->letter.id, &now);
    if (st && !status_is(st, PROBLEM_NOT_FOUND))
        return st;
    view->coverage = st ? (struct letter_coverage){ 0 } : now.coverage;
    return OK;
}

status_t
handle_correct(struct call *call, const CorrectRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_CORRECT, .note = in->note };
    bool moves = in->to_committee_id[0] != '\0';
    struct organization_facts addressee;
    status_t st = step_begin(call, in->id, &step);

    if (!st && moves)
        st = find_addressee(call, in->to_committee_id, &step.view.letter, &addressee);
    if (st)
        return st;
    if (moves)
        readdress(&step.view, &addressee);
    step_take(call, &step);
    st = moves ? tell_addressee(call, &step.view) : OK;
    if (st)
        return st;
    letter_to_wire(call, &step.view, out);
    return OK;
}

status_t
handle_forward(struct call *call, const ForwardRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_FORWARD, .note = in->note };
    struct organization_facts addressee;
    status_t st = step_begin(call, in->id, &step);

    if (!st)
        st = find_addressee(call, in->to_committee_id, &step.view.letter, &addressee);
    if (!st && id_equal(&addressee.id, &step.view.letter.to_committee))
        st = status_field(call->arena, PROBLEM_BAD_VALUE, "/to_committee_id");
    if (st)
        return st;
    readdress(&step.view, &addressee);
    step_take(call, &step);
    st = tell_addressee(call, &step.view);
    if (st)
        return st;
    letter_to_wire(call, &step.view, out);
    return OK;
}

/* The same facts, agreed already by the branch; only number, validity and content are new when it is issued. */
struct letter
successor_of(const struct call *call, const struct letter *old)
{
    struct letter letter = *old;

    letter.id = clock_id();
    letter.version = 1;
    letter.state = LETTER_AGREED;
    letter.state_since = call->now;
    letter.number = (struct letter_number){ 0 };
    letter.issued_on = DATE_NONE;
    letter.valid_to = DATE_NONE;
    letter.opened = false;
    letter.received_at = 0;
    letter.approver = (struct id){ { 0 } };
    letter.replaces = old->id;
    letter.created_at = call->now;
    return letter;
}

status_t
handle_reissue(struct call *call, const ReasonRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_REISSUE, .note = in->note };
    struct letter_deed deed = { .name = "reissue", .note = in->note, .actor = call->actor, .at = call->now };
    struct letter letter;
    struct letter_view view;
    status_t st = step_begin(call, in->id, &step);

    if (st)
        return st;
    letter = successor_of(call, &step.view.letter);
    step_take(call, &step); /* first: the member has one open letter at any moment */
    st = letter_create(call, &letter, &deed, &view);
    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return OK;
}
