/* SPDX-License-Identifier: Apache-2.0 */
/* A letter that was issued on paper before it came here (补录) is entered with its number, and goes on from `issued`.
 * What it says of the member is asked of organizations, as for any other letter. */
#include "base/check.h"
#include "io/clock.h"
#include "transfers/transfers.h"
#include "base/banned.h"

/* Left by the prepare step: the content is sealed for this id. */
struct paper {
    struct id letter;
    struct letter_content content;
};

status_t
prepare_enter_paper(struct call *call, const ProtobufCMessage *message)
{
    const PaperRequest *in = (const PaperRequest *)message;
    struct paper *paper = arena_alloc(call->arena, sizeof *paper);
    struct id member = id_of(in->member_id);
    struct id receiver = id_of(in->to_committee_id);
    struct draft_facts facts;
    status_t st;

    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (!st)
        st = draft_facts_read(call, &member, &receiver, &facts);
    if (st)
        return st;
    if (draft_may(&facts))
        return OK; /* nobody's identity number is asked for what will be refused */
    paper->letter = clock_id();
    st = letter_content_ask(call, &member, &paper->letter, &paper->content);
    if (st)
        return st;
    call->prepared = paper;
    return OK;
}

static status_t
read_dates(struct call *call, const PaperRequest *in, struct letter *letter)
{
    CHECK(date_parse(slice_of(in->issued_on), &letter->issued_on)); /* the frame has checked the formats */
    CHECK(month_parse(slice_of(in->dues_paid_to), &letter->dues_paid_to));
    letter->valid_to = letter->issued_on + (date_t)in->validity_days;
    if (letter->issued_on > call->today)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/issued_on");
    letter->number = (struct letter_number){ .committee = letter->from_committee,
                                             .year = date_to_civil(letter->issued_on).year,
                                             .serial = in->serial };
    return OK;
}

/* Only the sending committee enters what it has issued, and only numbers that it has stated as used. */
static status_t
judge(struct call *call, const struct letter *letter, struct organization_facts *ret_issuer)
{
    struct branch_facts committee;
    int64_t last;
    status_t st = branch_find(call, &letter->from_committee, &letter->from_committee, &committee);

    if (!st && !committee.covered)
        st = status_plain(PROBLEM_NOT_YOUR_STEP);
    if (!st)
        st = organization_find(call, &letter->from_committee, ret_issuer);
    if (!st)
        st = counter_lock(call, &letter->from_committee, letter->number.year, &last);
    if (!st && letter->number.serial > last)
        st = status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/serial");
    return st;
}

status_t
handle_enter_paper(struct call *call, const PaperRequest *in, Letter *out)
{
    struct letter_deed deed = { .name = "enter_paper", .note = in->note, .actor = call->actor, .at = call->now };
    const struct paper *paper = call->prepared;
    struct id member = id_of(in->member_id);
    struct id receiver = id_of(in->to_committee_id);
    struct organization_facts issuer;
    struct draft_facts facts;
    struct letter letter;
    struct letter_view view;
    status_t st = draft_judge(call, &member, &receiver, &facts);

    if (!st && !paper)
        st = status_plain(PROBLEM_BUSY); /* it was not to be entered a moment ago */
    if (!st)
        st = letter_content_fits(call, &paper->content, &member, &facts.branch);
    if (st)
        return st;
    letter = draft_letter(call, &facts, &member, reason_of_wire(in->reason));
    letter.id = paper->letter;
    letter.state = LETTER_ISSUED;
    st = read_dates(call, in, &letter);
    if (!st)
        st = judge(call, &letter, &issuer);
    if (!st)
        st = letter_create(call, &letter, &deed, &view);
    if (st)
        return st;
    content_add(call, &view, &paper->content, &issuer);
    letter_to_wire(call, &view, out);
    return OK;
}
