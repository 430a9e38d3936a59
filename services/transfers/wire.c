/* SPDX-License-Identifier: Apache-2.0 */
/* Letters as the wire has them. Pure but for the call's arena. */
#include "base/check.h"
#include "transfers/verification/check_code.h"
#include "transfers/transfers.h"
#include "base/banned.h"

static const LetterState states[] = {
#define X(name, code, chinese, holds, turn)                                                                            \
    [LETTER_##name] = LIANGXIN__TRANSFERS__V1__LETTER_STATE__LETTER_STATE_##name,
    LETTER_STATES(X)
#undef X
};

static const LetterKind kinds[] = {
#define X(name, code, chinese) [LETTER_##name] = LIANGXIN__TRANSFERS__V1__LETTER_KIND__LETTER_KIND_##name,
    LETTER_KINDS(X)
#undef X
};

static const struct {
    TransferReason wire;
    const char *code;
} reasons[] = {
#define X(name, code) { LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_##name, code },
    TRANSFER_REASONS(X)
#undef X
};

static const struct {
    RefusalReason wire;
    const char *code;
} refusals[] = {
#define X(name, code) { LIANGXIN__TRANSFERS__V1__REFUSAL_REASON__REFUSAL_REASON_##name, code },
    REFUSAL_REASONS(X)
#undef X
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

struct id
id_of(const char *text)
{
    struct id id;

    CHECK(id_parse(slice_of(text), &id));
    return id;
}

LetterState
state_to_wire(enum letter_state state)
{
    return states[state];
}

enum letter_state
state_of_wire(LetterState state)
{
    for (size_t i = LETTER_NONE + 1; i < COUNT(states); i++)
        if (states[i] == state)
            return (enum letter_state)i;
    return LETTER_NONE;
}

const char *
reason_of_wire(TransferReason reason)
{
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (reasons[i].wire == reason)
            return reasons[i].code;
    return NULL;
}

static TransferReason
reason_to_wire(const char *code)
{
    for (size_t i = 0; i < COUNT(reasons); i++)
        if (strcmp(reasons[i].code, code) == 0)
            return reasons[i].wire;
    return LIANGXIN__TRANSFERS__V1__TRANSFER_REASON__TRANSFER_REASON_UNSPECIFIED;
}

const char *
refusal_of_wire(RefusalReason reason)
{
    for (size_t i = 0; i < COUNT(refusals); i++)
        if (refusals[i].wire == reason)
            return refusals[i].code;
    return NULL;
}

RefusalReason
refusal_to_wire(const char *code)
{
    for (size_t i = 0; i < COUNT(refusals); i++)
        if (strcmp(refusals[i].code, code) == 0)
            return refusals[i].wire;
    return LIANGXIN__TRANSFERS__V1__REFUSAL_REASON__REFUSAL_REASON_UNSPECIFIED;
}

static char *
wire_text(struct arena *arena, const char *text)
{
    return arena_text(arena, text ? text : "");
}

static char *
wire_id(struct arena *arena, const struct id *id)
{
    char text[ID_SIZE] = "";

    if (!id_is_nil(id))
        id_format(id, text);
    return arena_text(arena, text);
}

static void
parties_to_wire(struct arena *arena, const struct letter_view *view, Letter *out)
{
    const struct letter *letter = &view->letter;

    out->from_branch_id = wire_id(arena, &letter->from_branch);
    out->from_branch_name = wire_text(arena, view->names.from_branch);
    out->from_committee_id = wire_id(arena, &letter->from_committee);
    out->from_committee_name = wire_text(arena, view->names.from_committee);
    out->to_committee_id = wire_id(arena, &letter->to_committee);
    out->to_committee_name = wire_text(arena, view->names.to_committee);
    out->to_branch_id = wire_id(arena, &letter->to_branch);
    out->to_branch_name = wire_text(arena, view->names.to_branch);
}

static void
issue_to_wire(struct arena *arena, const struct letter *letter, Letter *out)
{
    char number[LETTER_NUMBER_SIZE];
    char day[DATE_SIZE];

    letter_number_format(&letter->number, number);
    out->number = arena_text(arena, number);
    if (letter->receipt.number) {
        out->receipt_number = wire_text(arena, letter->receipt.number);
        out->receipt_case = LIANGXIN__TRANSFERS__V1__LETTER__RECEIPT_RECEIPT_ON;
        date_format(letter->receipt.on, day);
        out->receipt_on = arena_text(arena, day);
    }
    if (letter->dues_paid_to != LETTER_MONTH_NONE) {
        out->dues_case = LIANGXIN__TRANSFERS__V1__LETTER__DUES_DUES_PAID_TO;
        month_format(letter->dues_paid_to, day);
        out->dues_paid_to = arena_text(arena, day);
    }
    if (letter->issued_on == DATE_NONE)
        return;
    out->issue_case = LIANGXIN__TRANSFERS__V1__LETTER__ISSUE_ISSUED_ON;
    date_format(letter->issued_on, day);
    out->issued_on = arena_text(arena, day);
    out->validity_case = LIANGXIN__TRANSFERS__V1__LETTER__VALIDITY_VALID_TO;
    date_format(letter->valid_to, day);
    out->valid_to = arena_text(arena, day);
}

/* What the actor could do now: table × coverage × permissions. */
static void
actions_to_wire(struct call *call, const struct letter_view *view, Letter *out)
{
    struct letter_attempt attempt = { .actors = letter_actors(&view->coverage),
                                      .account = &call->actor->account,
                                      .today = call->today };

    out->allowed_actions = arena_array(call->arena, LETTER_EVENT_END, sizeof *out->allowed_actions);
    for (int i = 0; i < LETTER_EVENT_END; i++) {
        const char *permission = letter_event_permission((enum letter_event)i);
        const struct letter_step *step;

        attempt.event = (enum letter_event)i;
        if (permission && actor_may(call->actor, permission) &&
            letter_allows(&view->letter, &attempt, &step) == LETTER_MAY)
            out->allowed_actions[out->n_allowed_actions++] = arena_text(call->arena, letter_event_code(attempt.event));
    }
}

void
letter_to_wire(struct call *call, const struct letter_view *view, Letter *out)
{
    const struct letter *letter = &view->letter;
    char code[CHECK_CODE_SHOWN];
    char at[INSTANT_SIZE];

    instant_format(letter->created_at, at);
    out->id = wire_id(call->arena, &letter->id);
    out->member_id = wire_id(call->arena, &letter->member);
    out->member_name = wire_text(call->arena, view->names.member);
    out->kind = kinds[letter->kind];
    out->state = state_to_wire(letter->state);
    out->approvals = id_is_nil(&letter->approver) ? 0 : letter->state == LETTER_CLOSED ? 2 : 1;
    out->reason = reason_to_wire(letter->reason);
    out->replaces_id = wire_id(call->arena, &letter->replaces);
    out->created_at = arena_text(call->arena, at);
    out->version = letter->version;
    if (view->check_code) {
        check_code_format(view->check_code, code);
        out->check_code = arena_text(call->arena, code);
    }
    parties_to_wire(call->arena, view, out);
    issue_to_wire(call->arena, letter, out);
    actions_to_wire(call, view, out);
}

Expectation *
expectation_to_wire(struct call *call, const struct letter_view *view, const struct workday_calendar *calendar)
{
    struct expectation expectation = letter_expectation(&view->letter, call->today, calendar);
    Expectation *out = expectation_new(call->arena);
    const char *role;
    const struct id *next = letter_next(view, &role);
    char day[DATE_SIZE];

    if (expectation.event != LETTER_EVENT_END)
        out->next_event = arena_text(call->arena, letter_event_code(expectation.event));
    if (next)
        out->next_organization_id = wire_id(call->arena, next);
    out->next_role = arena_text(call->arena, role);
    if (expectation.due_on != DATE_NONE) {
        date_format(expectation.due_on, day);
        out->due_case = LIANGXIN__TRANSFERS__V1__EXPECTATION__DUE_DUE_ON;
        out->due_on = arena_text(call->arena, day);
    }
    out->waiting_days = expectation.waiting_days > 0 ? (uint32_t)expectation.waiting_days : 0;
    out->overdue = expectation.overdue;
    out->provisional = expectation.provisional;
    return out;
}
