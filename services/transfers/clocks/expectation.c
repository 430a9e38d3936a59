/* SPDX-License-Identifier: Apache-2.0 */
/* The next step and its day. Domain: pure, any thread. */
#include "transfers/clocks/expectation.h"

#include "base/banned.h"

/* Of a state's events the first that the letter's kind knows. */
static const struct {
    enum letter_state state;
    enum letter_event event;
} expected[] = {
    { LETTER_DRAFT, EVENT_SUBMIT },          { LETTER_SUBMITTED, EVENT_AGREE },
    { LETTER_RETURNED, EVENT_SUBMIT },       { LETTER_AGREED, EVENT_ISSUE },
    { LETTER_UP_REVIEW, EVENT_ISSUE },       { LETTER_ISSUED, EVENT_RECEIVE },
    { LETTER_RECALL_ASKED, EVENT_CONFIRM },  { LETTER_RECEIVED, EVENT_ASSIGN },
    { LETTER_FILE_CHECK, EVENT_ASSIGN },     { LETTER_ACCEPTED, EVENT_REPORT },
    { LETTER_REPORTED, EVENT_SEND_RECEIPT }, { LETTER_RECEIPTED, EVENT_MATCH_STUB },
    { LETTER_REFUSED_IN, EVENT_CORRECT },    { LETTER_EXPIRED, EVENT_REISSUE },
    { LETTER_LOST, EVENT_REISSUE },          { LETTER_UP_REVIEW, EVENT_APPROVE },
    { LETTER_ISSUED, EVENT_RECORD_RECEIPT },
};

enum letter_event
letter_expected_event(enum letter_kind kind, enum letter_state state)
{
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        if (expected[i].state == state && letter_step_of(kind, state, expected[i].event))
            return expected[i].event;
    return LETTER_EVENT_END;
}

/* The earliest of the state's clocks. Those that have run out still count: they say since when it is late. */
static void
find_due(const struct letter *letter, const struct workday_calendar *calendar, struct expectation *expectation)
{
    for (size_t i = 0; i < letter_clocks_count; i++) {
        const struct letter_clock *clock = &letter_clocks[i];
        instant_t since = clock->basis == CLOCK_FROM_STATE ? letter->state_since : letter->received_at;
        bool provisional = false;
        date_t due;

        if (clock->state != letter->state || !since)
            continue;
        due = letter_clock_due(clock, instant_date(since), calendar, &provisional);
        if (expectation->due_on == DATE_NONE || due < expectation->due_on) {
            expectation->due_on = due;
            expectation->provisional = provisional;
        }
    }
    if (letter->state == LETTER_ISSUED || letter->state == LETTER_RECALL_ASKED)
        expectation->due_on = letter->valid_to;
}

struct expectation
letter_expectation(const struct letter *letter, date_t today, const struct workday_calendar *calendar)
{
    struct expectation expectation = { .event = letter_expected_event(letter->kind, letter->state),
                                       .due_on = DATE_NONE };

    if (expectation.event == LETTER_EVENT_END)
        return expectation;
    if (letter->state == LETTER_REFUSED_IN && today > letter->valid_to)
        expectation.event = EVENT_REISSUE; /* too late to correct it */
    expectation.waiting_days = today - instant_date(letter->state_since);
    find_due(letter, calendar, &expectation);
    expectation.overdue = expectation.due_on != DATE_NONE && today > expectation.due_on;
    return expectation;
}
