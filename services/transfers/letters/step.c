/* SPDX-License-Identifier: Apache-2.0 */
/* One step of a letter, for all handlers: facts (the row, locked, with what the actor covers), judgement (the table),
 * effect (row, history, audit), news. Three round trips in all with the frame's own: begin and key, facts, effects and
 * commit. The worker's thread and transaction. */
#include <inttypes.h>

#include "base/check.h"
#include "rpc/audit.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static const enum problem_name problems[] = {
    [LETTER_STATE_FORBIDS] = PROBLEM_STATE_FORBIDS,     [LETTER_NOT_YOUR_STEP] = PROBLEM_NOT_YOUR_STEP,
    [LETTER_REASON_REQUIRED] = PROBLEM_REASON_REQUIRED, [LETTER_DUES_UNKNOWN] = PROBLEM_DUES_UNKNOWN,
    [LETTER_VALIDITY_OVER] = PROBLEM_LETTER_EXPIRED,    [LETTER_SAME_APPROVER] = PROBLEM_SAME_APPROVER,
};

static status_t
refuse(struct call *call, enum letter_verdict verdict, const struct letter *letter)
{
    return status_detail(call->arena, problems[verdict], "the letter is %s", letter_state_code(letter->state));
}

struct slice
letter_image(struct arena *arena, const struct letter *letter)
{
    char branch[ID_SIZE];
    char committee[ID_SIZE];
    char number[LETTER_NUMBER_SIZE];

    id_format(&letter->to_branch, branch);
    id_format(&letter->to_committee, committee);
    letter_number_format(&letter->number, number);
    return slice_of(arena_printf(
        arena, "%" PRId64 " %s to %s/%s number %s dues %" PRId32 "  valid %" PRId32 "-%" PRId32 " %d %s",
        letter->version, letter_state_code(letter->state), committee, branch, number, letter->dues_paid_to,
        letter->issued_on, letter->valid_to, letter->opened, letter->receipt.number ? letter->receipt.number : ""));
}

static enum letter_verdict
judge(struct call *call, const struct step *step)
{
    const struct letter_step *row;
    struct letter_attempt attempt = { .event = step->event,
                                      .actors = letter_actors(&step->view.coverage),
                                      .account = &call->actor->account,
                                      .reasoned = step->note && step->note[0],
                                      .today = call->today };

    return letter_may(&step->view.letter, &attempt, &row);
}

status_t
step_begin(struct call *call, const char *letter_id, struct step *step)
{
    struct id id = id_of(letter_id);
    enum letter_verdict verdict;
    status_t st = letter_lock(call, &id, &step->view);

    if (!st)
        st = letter_expect_seen(call, &step->view);
    if (st)
        return st;
    step->before = letter_image(call->arena, &step->view.letter);
    if (step->dues_paid_to)
        step->view.letter.dues_paid_to = *step->dues_paid_to;
    verdict = judge(call, step);
    return verdict ? refuse(call, verdict, &step->view.letter) : OK;
}

/* What a step may do to the member. */
#define EFFECTS (STEP_MOVES_MEMBER | STEP_MEMBER_LEAVES)

static void
record(struct call *call, const struct letter_view *view, struct slice before, const struct letter_deed *deed,
       unsigned effects)
{
    struct audit_entry entry = {
        .object = "letter", .id = &view->letter.id, .before = before, .after = letter_image(call->arena, &view->letter)
    };

    history_add(call->db, &view->letter, deed);
    audit_add(call, &entry);
    emit_letter_changed(call->db, call->arena, view, deed, effects);
}

void
step_take(struct call *call, struct step *step)
{
    struct letter *letter = &step->view.letter;
    const struct letter_step *row = letter_step_of(letter->kind, letter->state, step->event);
    struct letter_deed deed = { .name = letter_event_code(step->event),
                                .note = step->note,
                                .refusal = step->refusal,
                                .actor = call->actor,
                                .at = call->now };

    CHECK(row != NULL); /* step_begin has asked */
    letter_take(letter, row, call->now);
    if ((row->flags & STEP_TWO_APPROVERS) && letter->state == row->from)
        letter->approver = call->actor->account;
    letter_update(call->db, letter);
    record(call, &step->view, step->before, &deed, letter->state == row->next ? row->flags & EFFECTS : 0);
}

status_t
step_run(struct call *call, const char *letter_id, struct step *step, Letter *out)
{
    status_t st = step_begin(call, letter_id, step);

    if (st)
        return st;
    step_take(call, step);
    letter_to_wire(call, &step->view, out);
    return OK;
}

bool
step_would_pass(struct call *call, const struct letter_view *view, enum letter_event event)
{
    const struct letter_step *row;
    struct letter_attempt attempt = {
        .event = event,
        .actors = letter_actors(&view->coverage),
        .account = &call->actor->account,
        .reasoned = true,
        .today = call->today,
    };

    return letter_may(&view->letter, &attempt, &row) == LETTER_MAY &&
           call_expect_version(call, view->letter.version) == OK;
}

status_t
letter_create(struct call *call, const struct letter *letter, const struct letter_deed *deed,
              struct letter_view *ret_view)
{
    status_t st;

    letter_insert(call->db, letter);
    st = letter_find(call, &letter->id, ret_view);
    if (st && db_violated(call->db, "letter_one_open"))
        return status_plain(PROBLEM_LETTER_OPEN);
    if (st && db_violated(call->db, "letter_number_unique"))
        return status_field(call->arena, PROBLEM_ALREADY_EXISTS, "/serial");
    if (st)
        return st;
    record(call, ret_view, (struct slice){ 0 }, deed, 0);
    return OK;
}
