/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: what is expected of a letter next, and until when. Pure. */
#ifndef LIANGXIN_TRANSFERS_EXPECTATION_H
#define LIANGXIN_TRANSFERS_EXPECTATION_H

#include "transfers/clocks/letter_clock.h"

struct expectation {
    enum letter_event event; /* LETTER_EVENT_END: none, the letter has ended */
    date_t due_on;           /* the last day in time; DATE_NONE: no clock runs */
    int64_t waiting_days;    /* civil days since the letter came into its state */
    bool overdue;
    bool provisional; /* due_on was counted through a year without a table */
};

struct expectation
letter_expectation(const struct letter *letter, date_t today, const struct workday_calendar *calendar);
/* The step on the way to an end; LETTER_EVENT_END for a terminal state, and one that such a letter does not know. */
enum letter_event letter_expected_event(enum letter_kind kind, enum letter_state state);

#endif
