/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a letter as a table. Domain: pure, any thread. */
#include "transfers/letters/letter.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/check.h"
#include "base/banned.h"

#define APPLICANT           ACTOR_APPLICANT
#define SENDING_BRANCH      ACTOR_SENDING_BRANCH
#define SENDING_COMMITTEE   ACTOR_SENDING_COMMITTEE
#define UPPER               ACTOR_UPPER
#define RECEIVING_COMMITTEE ACTOR_RECEIVING_COMMITTEE
#define RECEIVING_BRANCH    ACTOR_RECEIVING_BRANCH
#define SYSTEM              ACTOR_SYSTEM
#define ABOVE_BOTH          ACTOR_ABOVE_BOTH
#define REASON              STEP_NEEDS_REASON

#define WITHIN     (1U << LETTER_WITHIN)
#define CORRECTION (1U << LETTER_CORRECTION)
#define OUTWARD    (1U << LETTER_OUTWARD)

#define STEP_OF(kinds, from, event, next, actors, flags)                                                               \
    {                                                                                                                  \
        LETTER_##from, EVENT_##event, LETTER_##next, actors, flags, kinds                                              \
    }
/* What is asked for and issued here, wherever it goes; and what an addressee of this city does. */
#define STEP(from, event, next, actors, flags) STEP_OF(WITHIN | OUTWARD, from, event, next, actors, flags)
#define HERE(from, event, next, actors, flags) STEP_OF(WITHIN, from, event, next, actors, flags)
/* Before acceptance the level above may void any letter; so does the member's death or exit. */
#define VOIDABLE_OF(kinds, from) STEP_OF(kinds, from, VOID, VOIDED, UPPER | SYSTEM, REASON)
#define VOIDABLE(from)           VOIDABLE_OF(WITHIN | OUTWARD, from)
/* Facts of the clocks (letter_clock.c has their days): whose turn it is, is reminded; the level above is told. */
#define WAITED_FOR(from) STEP(from, REMIND, from, SYSTEM, 0), STEP(from, ESCALATE, from, SYSTEM, 0)

const struct letter_step letter_steps[] = {
    STEP(DRAFT, SUBMIT, SUBMITTED, APPLICANT, 0),
    STEP(DRAFT, CANCEL, CANCELLED, APPLICANT, 0),
    STEP(DRAFT, PURGE, CANCELLED, SYSTEM, 0),
    VOIDABLE(DRAFT),

    STEP(SUBMITTED, AGREE, AGREED, SENDING_BRANCH, STEP_NEEDS_DUES),
    STEP(SUBMITTED, RETURN, RETURNED, SENDING_BRANCH, REASON),
    STEP(SUBMITTED, REFUSE, REFUSED_OUT, SENDING_BRANCH, REASON),
    STEP(SUBMITTED, WITHDRAW, WITHDRAWN, APPLICANT, 0),
    WAITED_FOR(SUBMITTED),
    VOIDABLE(SUBMITTED),

    STEP(RETURNED, SUBMIT, SUBMITTED, APPLICANT, 0),
    STEP(RETURNED, WITHDRAW, WITHDRAWN, APPLICANT, 0),
    STEP(RETURNED, LAPSE, CANCELLED, SYSTEM, 0),
    VOIDABLE(RETURNED),

    STEP(AGREED, ISSUE, ISSUED, SENDING_COMMITTEE, STEP_ALLOTS_NUMBER | STEP_NEEDS_DUES),
    STEP(AGREED, SEND_UP, UP_REVIEW, SENDING_COMMITTEE, 0),
    STEP(AGREED, RETURN, RETURNED, SENDING_COMMITTEE, REASON),
    STEP(AGREED, REFUSE, REFUSED_OUT, SENDING_COMMITTEE, REASON),
    STEP(AGREED, WITHDRAW, WITHDRAWN, APPLICANT, 0),
    WAITED_FOR(AGREED),
    VOIDABLE(AGREED),

    STEP(UP_REVIEW, ISSUE, ISSUED, UPPER, STEP_ALLOTS_NUMBER | STEP_NEEDS_DUES),
    STEP(UP_REVIEW, RETURN, RETURNED, UPPER, REASON),
    STEP(UP_REVIEW, REFUSE, REFUSED_OUT, UPPER, REASON),
    STEP(UP_REVIEW, APPROVE, AGREED, UPPER, STEP_NEEDS_DUES), /* the committee below is to issue it */
    WAITED_FOR(UP_REVIEW),
    VOIDABLE(UP_REVIEW),

    STEP(ISSUED, DELIVER, ISSUED, SENDING_BRANCH | SENDING_COMMITTEE, 0),
    HERE(ISSUED, OPEN, ISSUED, RECEIVING_COMMITTEE, STEP_OPENS),
    HERE(ISSUED, RECEIVE, RECEIVED, RECEIVING_COMMITTEE, STEP_IN_VALIDITY | STEP_OPENS),
    HERE(ISSUED, FORWARD, ISSUED, RECEIVING_COMMITTEE, REASON), /* new addressee, same number */
    HERE(ISSUED, REFUSE, REFUSED_IN, RECEIVING_COMMITTEE, REASON | STEP_OPENS),
    HERE(ISSUED, RECALL, RECALL_ASKED, SENDING_COMMITTEE, REASON | STEP_VOIDS_UNOPENED),
    STEP(ISSUED, REMIND, ISSUED, SYSTEM, 0),
    STEP(ISSUED, EXPIRE, EXPIRED, SYSTEM, STEP_AFTER_VALIDITY),
    STEP(ISSUED, REPORT_LOST, LOST, APPLICANT | SENDING_COMMITTEE, REASON),
    VOIDABLE(ISSUED),

    HERE(RECALL_ASKED, CONFIRM, VOIDED, RECEIVING_COMMITTEE, 0),
    HERE(RECALL_ASKED, DECLINE, ISSUED, RECEIVING_COMMITTEE, REASON),
    HERE(RECALL_ASKED, RECEIVE, RECEIVED, RECEIVING_COMMITTEE, STEP_IN_VALIDITY),
    HERE(RECALL_ASKED, EXPIRE, EXPIRED, SYSTEM, STEP_AFTER_VALIDITY),
    VOIDABLE_OF(WITHIN, RECALL_ASKED),

    HERE(RECEIVED, START_FILE_CHECK, FILE_CHECK, RECEIVING_COMMITTEE, 0),
    HERE(RECEIVED, ASSIGN, ACCEPTED, RECEIVING_COMMITTEE, STEP_MOVES_MEMBER),
    HERE(RECEIVED, REFUSE, REFUSED_IN, RECEIVING_COMMITTEE, REASON),
    VOIDABLE_OF(WITHIN, RECEIVED),

    HERE(FILE_CHECK, ASSIGN, ACCEPTED, RECEIVING_COMMITTEE, STEP_MOVES_MEMBER),
    HERE(FILE_CHECK, REFUSE, REFUSED_IN, RECEIVING_COMMITTEE, REASON),
    HERE(FILE_CHECK, ESCALATE, FILE_CHECK, SYSTEM, 0),
    VOIDABLE_OF(WITHIN, FILE_CHECK),

    HERE(ACCEPTED, REPORT, REPORTED, RECEIVING_BRANCH, 0),
    HERE(ACCEPTED, REMIND, ACCEPTED, SYSTEM, 0),
    HERE(ACCEPTED, ESCALATE, ACCEPTED, SYSTEM, 0),

    HERE(REPORTED, SEND_RECEIPT, RECEIPTED, RECEIVING_COMMITTEE, 0),
    HERE(REPORTED, ESCALATE, REPORTED, SYSTEM, 0),

    HERE(RECEIPTED, MATCH_STUB, CLOSED, SENDING_COMMITTEE, 0),

    HERE(REFUSED_IN, CORRECT, ISSUED, SENDING_COMMITTEE, REASON | STEP_IN_VALIDITY),
    HERE(REFUSED_IN, REISSUE, VOIDED, SENDING_COMMITTEE, REASON),
    HERE(REFUSED_IN, CANCEL, VOIDED, SENDING_COMMITTEE, REASON),
    HERE(REFUSED_IN, ESCALATE, REFUSED_IN, SYSTEM, 0),
    VOIDABLE_OF(WITHIN, REFUSED_IN),

    STEP(EXPIRED, REISSUE, VOIDED, SENDING_COMMITTEE, REASON),
    STEP(EXPIRED, CANCEL, VOIDED, SENDING_COMMITTEE, REASON),
    VOIDABLE(EXPIRED),

    STEP(LOST, REISSUE, VOIDED, SENDING_COMMITTEE, REASON),
    STEP(LOST, CANCEL, VOIDED, SENDING_COMMITTEE, REASON),
    VOIDABLE(LOST),

    /* What has ended stays as it is; a new letter names it. */
    STEP(REFUSED_OUT, APPEAL, REFUSED_OUT, APPLICANT, REASON),
    STEP_OF(WITHIN | CORRECTION, CLOSED, UNDO, CLOSED, SENDING_COMMITTEE | RECEIVING_COMMITTEE, REASON),

    /* Nobody of this city receives it: the receipt that comes back on paper ends it, late or not; so does the letter
     * itself when it comes back. */
    STEP_OF(OUTWARD, ISSUED, RECALL, VOIDED, SENDING_COMMITTEE, REASON),
    STEP_OF(OUTWARD, ISSUED, RECORD_RECEIPT, CLOSED, SENDING_COMMITTEE, STEP_MEMBER_LEAVES),
    STEP_OF(OUTWARD, EXPIRED, RECORD_RECEIPT, CLOSED, SENDING_COMMITTEE, STEP_MEMBER_LEAVES),

    STEP_OF(CORRECTION, UP_REVIEW, APPROVE, CLOSED, ABOVE_BOTH, STEP_TWO_APPROVERS | STEP_MOVES_MEMBER),
    STEP_OF(CORRECTION, UP_REVIEW, REFUSE, REFUSED_OUT, ABOVE_BOTH, REASON),
    STEP_OF(CORRECTION, UP_REVIEW, REMIND, UP_REVIEW, SYSTEM, 0),
    STEP_OF(CORRECTION, UP_REVIEW, ESCALATE, UP_REVIEW, SYSTEM, 0),
    STEP_OF(CORRECTION, UP_REVIEW, VOID, VOIDED, ABOVE_BOTH | SYSTEM, REASON),
};

const size_t letter_steps_count = sizeof letter_steps / sizeof *letter_steps;

static const struct {
    const char *code;
    const char *chinese;
    bool holds;
    unsigned turn;
} states[] = {
#define X(name, code, chinese, holds, turn) [LETTER_##name] = { code, chinese, holds, turn },
    LETTER_STATES(X)
#undef X
};

static const struct {
    const char *code;
    const char *chinese;
    const char *permission;
} events[] = {
#define X(name, code, chinese, permission) [EVENT_##name] = { code, chinese, permission },
    LETTER_EVENTS(X)
#undef X
};

static const char *const kinds[] = {
#define X(name, code, chinese) [LETTER_##name] = code,
    LETTER_KINDS(X)
#undef X
};

const struct letter_step *
letter_step_of(enum letter_kind kind, enum letter_state state, enum letter_event event)
{
    for (size_t i = 0; i < letter_steps_count; i++)
        if (letter_steps[i].from == state && letter_steps[i].event == event && (letter_steps[i].kinds & 1U << kind))
            return &letter_steps[i];
    return NULL;
}

const char *
letter_kind_code(enum letter_kind kind)
{
    CHECK(kind < LETTER_KIND_END);
    return kinds[kind];
}

enum letter_kind
letter_kind_parse(const char *code)
{
    int kind = 0;

    while (kind < LETTER_KIND_END && (!code || strcmp(kinds[kind], code) != 0))
        kind++;
    return (enum letter_kind)kind;
}

const char *
letter_state_code(enum letter_state state)
{
    CHECK(state > LETTER_NONE && state < LETTER_STATE_END);
    return states[state].code;
}

const char *
letter_state_chinese(enum letter_state state)
{
    CHECK(state > LETTER_NONE && state < LETTER_STATE_END);
    return states[state].chinese;
}

enum letter_state
letter_state_parse(const char *code)
{
    for (int state = LETTER_NONE + 1; code && state < LETTER_STATE_END; state++)
        if (strcmp(states[state].code, code) == 0)
            return (enum letter_state)state;
    return LETTER_NONE;
}

bool
letter_holds_member(enum letter_state state)
{
    return states[state].holds;
}

bool
letter_is_terminal(enum letter_state state)
{
    return states[state].turn == 0;
}

/* Where a letter of this kind waits for somebody else than the others do. */
static const struct {
    enum letter_kind kind;
    enum letter_state state;
    unsigned turn;
} turns[] = {
    { LETTER_OUTWARD, LETTER_ISSUED, SENDING_COMMITTEE },
};

unsigned
letter_turn(enum letter_kind kind, enum letter_state state)
{
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++)
        if (turns[i].kind == kind && turns[i].state == state)
            return turns[i].turn;
    return states[state].turn;
}

const char *
letter_event_code(enum letter_event event)
{
    CHECK(event >= 0 && event < LETTER_EVENT_END);
    return events[event].code;
}

const char *
letter_event_chinese(enum letter_event event)
{
    CHECK(event >= 0 && event < LETTER_EVENT_END);
    return events[event].chinese;
}

const char *
letter_event_permission(enum letter_event event)
{
    CHECK(event >= 0 && event < LETTER_EVENT_END);
    return events[event].permission;
}

unsigned
letter_actors(const struct letter_coverage *coverage)
{
    unsigned actors = 0;

    if (coverage->self)
        actors |= APPLICANT;
    if (coverage->from_branch)
        actors |= APPLICANT | SENDING_BRANCH;
    if (coverage->from_committee)
        actors |= SENDING_COMMITTEE;
    if (coverage->above_from_committee)
        actors |= UPPER;
    if (coverage->above_from_committee && coverage->above_to_committee)
        actors |= ABOVE_BOTH;
    if (coverage->to_committee)
        actors |= RECEIVING_COMMITTEE;
    if (coverage->to_branch)
        actors |= RECEIVING_BRANCH;
    return actors;
}

static enum letter_verdict
judge_validity(const struct letter *letter, const struct letter_step *step, date_t today)
{
    bool over = letter->valid_to != DATE_NONE && today > letter->valid_to;

    if ((step->flags & STEP_IN_VALIDITY) && over)
        return LETTER_VALIDITY_OVER;
    if ((step->flags & STEP_AFTER_VALIDITY) && !over)
        return LETTER_STATE_FORBIDS;
    return LETTER_MAY;
}

enum letter_verdict
letter_allows(const struct letter *letter, const struct letter_attempt *attempt, const struct letter_step **ret_step)
{
    const struct letter_step *step = letter_step_of(letter->kind, letter->state, attempt->event);

    if (!step)
        return LETTER_STATE_FORBIDS;
    if (!(step->actors & attempt->actors))
        return LETTER_NOT_YOUR_STEP;
    if ((step->flags & STEP_TWO_APPROVERS) && attempt->account && id_equal(&letter->approver, attempt->account))
        return LETTER_SAME_APPROVER;
    *ret_step = step;
    return judge_validity(letter, step, attempt->today);
}

enum letter_verdict
letter_may(const struct letter *letter, const struct letter_attempt *attempt, const struct letter_step **ret_step)
{
    enum letter_verdict verdict = letter_allows(letter, attempt, ret_step);

    if (verdict)
        return verdict;
    if (((*ret_step)->flags & STEP_NEEDS_REASON) && !attempt->reasoned)
        return LETTER_REASON_REQUIRED;
    if (((*ret_step)->flags & STEP_NEEDS_DUES) && letter->dues_paid_to == LETTER_MONTH_NONE)
        return LETTER_DUES_UNKNOWN;
    return LETTER_MAY;
}

static enum letter_state
next_of(const struct letter *letter, const struct letter_step *step)
{
    if ((step->flags & STEP_VOIDS_UNOPENED) && !letter->opened)
        return LETTER_VOIDED;
    if ((step->flags & STEP_TWO_APPROVERS) && id_is_nil(&letter->approver))
        return step->from;
    return step->next;
}

void
letter_take(struct letter *letter, const struct letter_step *step, instant_t at)
{
    CHECK(letter->state == step->from);
    letter->state = next_of(letter, step);
    letter->opened = letter->opened || (step->flags & STEP_OPENS);
    if (step->event == EVENT_RECEIVE)
        letter->received_at = at;
    letter->version++;
    if (letter->state != step->from)
        letter->state_since = at;
}

void
letter_number_it(struct letter *letter, struct letter_number number, date_t today, int64_t days)
{
    letter->number = number;
    letter->issued_on = today;
    letter->valid_to = today + (date_t)days;
}

void
letter_number_format(const struct letter_number *number, char ret_text[LETTER_NUMBER_SIZE])
{
    if (number->year)
        snprintf(ret_text, LETTER_NUMBER_SIZE, "%d-%06" PRId64, number->year, number->serial);
    else
        ret_text[0] = '\0';
}

bool
letter_is_away(const struct letter *letter)
{
    return letter->kind == LETTER_OUTWARD && letter->state == LETTER_ISSUED;
}

uint32_t
letter_months_behind(const struct letter *letter, date_t today)
{
    month_t behind = letter->dues_paid_to == LETTER_MONTH_NONE ? 0 : month_of(today) - 1 - letter->dues_paid_to;

    return behind > 0 ? (uint32_t)behind : 0;
}
