/* SPDX-License-Identifier: Apache-2.0 */
/* A member goes to an addressee outside the city (转出市外), who is known by name only. The letter is drafted and
 * issued like any other; the receipt that comes back on paper ends it, and there he leaves. On the worker's thread. */
#include "base/check.h"
#include "transfers/transfers.h"
#include "base/banned.h"

status_t
handle_draft_outward(struct call *call, const OutwardRequest *in, Letter *out)
{
    struct id member = id_of(in->member_id);
    struct letter_deed deed = { .name = "draft", .note = in->note, .actor = call->actor, .at = call->now };
    struct draft_facts facts;
    struct letter letter;
    struct letter_view view;
    status_t st = draft_judge(call, &member, NULL, &facts);

    if (st)
        return st;
    letter = draft_letter(call, &facts, &member, reason_of_wire(in->reason));
    letter.kind = LETTER_OUTWARD;
    letter.outside_name = in->to_name;
    st = letter_create(call, &letter, &deed, &view);
    if (st)
        return st;
    letter_to_wire(call, &view, out);
    return OK;
}

status_t
handle_record_receipt(struct call *call, const ReceiptRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_RECORD_RECEIPT, .note = in->note };
    struct letter *letter = &step.view.letter;
    status_t st = step_begin(call, in->id, &step);

    if (st)
        return st;
    letter->receipt.number = in->number;
    CHECK(date_parse(slice_of(in->received_on), &letter->receipt.on)); /* the frame has checked the format */
    if (letter->receipt.on < letter->issued_on || letter->receipt.on > call->today)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/received_on");
    member_depart(call->db, &letter->member, &letter->id); /* no second letter starts from his old branch */
    step_take(call, &step);
    letter_to_wire(call, &step.view, out);
    return OK;
}
