/* SPDX-License-Identifier: Apache-2.0 */
/* The steps that the table alone decides: nothing but the letter is read, nothing but the letter changes. */
#include "base/check.h"
#include "transfers/transfers.h"
#include "base/banned.h"

status_t
handle_submit(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_SUBMIT, .note = in->note }, out);
}

/* The branch agrees and states to which month dues are paid (党费交至). */
status_t
handle_agree(struct call *call, const AgreeRequest *in, Letter *out)
{
    month_t dues;

    CHECK(month_parse(slice_of(in->dues_paid_to), &dues)); /* the frame has checked the format */
    return step_run(call, in->id, &(struct step){ .event = EVENT_AGREE, .note = in->note, .dues_paid_to = &dues }, out);
}

status_t
handle_return(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_RETURN, .note = in->note }, out);
}

/* "The member does not leave" is for the sender to say; all other reasons are for both sides. */
status_t
handle_refuse(struct call *call, const RefuseRequest *in, Letter *out)
{
    struct step step = { .event = EVENT_REFUSE, .note = in->note, .refusal = refusal_of_wire(in->reason) };
    status_t st = step_begin(call, in->id, &step);

    if (st)
        return st;
    if (in->reason == LIANGXIN__TRANSFERS__V1__REFUSAL_REASON__REFUSAL_REASON_NOT_LEAVING &&
        letter_step_of(step.view.letter.kind, step.view.letter.state, EVENT_REFUSE)->next == LETTER_REFUSED_IN)
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/reason");
    step_take(call, &step);
    letter_to_wire(call, &step.view, out);
    return OK;
}

status_t
handle_withdraw(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_WITHDRAW, .note = in->note }, out);
}

status_t
handle_cancel(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_CANCEL, .note = in->note }, out);
}

status_t
handle_send_up(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_SEND_UP, .note = in->note }, out);
}

status_t
handle_deliver(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_DELIVER, .note = in->note }, out);
}

status_t
handle_open(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_OPEN, .note = in->note }, out);
}

status_t
handle_receive(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_RECEIVE, .note = in->note }, out);
}

status_t
handle_recall(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_RECALL, .note = in->note }, out);
}

status_t
handle_confirm(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_CONFIRM, .note = in->note }, out);
}

status_t
handle_decline(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_DECLINE, .note = in->note }, out);
}

status_t
handle_report_lost(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_REPORT_LOST, .note = in->note }, out);
}

status_t
handle_start_file_check(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_START_FILE_CHECK, .note = in->note }, out);
}

status_t
handle_report(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_REPORT, .note = in->note }, out);
}

status_t
handle_send_receipt(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_SEND_RECEIPT, .note = in->note }, out);
}

status_t
handle_match_stub(struct call *call, const StepRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_MATCH_STUB, .note = in->note }, out);
}

status_t
handle_void(struct call *call, const ReasonRequest *in, Letter *out)
{
    return step_run(call, in->id, &(struct step){ .event = EVENT_VOID, .note = in->note }, out);
}
