/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: how long a letter may wait in a state, and what follows when it waits longer. One table; a clock runs once
 * for each time that a letter begins to wait. Pure. */
#ifndef LIANGXIN_TRANSFERS_LETTER_CLOCK_H
#define LIANGXIN_TRANSFERS_LETTER_CLOCK_H

#include "transfers/letters/letter.h"
#include "transfers/clocks/workday.h"

enum clock_unit { CLOCK_WORKING_DAYS, CLOCK_DAYS, CLOCK_MONTHS };

/* What a clock counts from. */
enum clock_basis {
    CLOCK_FROM_STATE,   /* when the letter came into its state */
    CLOCK_FROM_RECEIPT, /* when the committee received the member's letter: 回执 within a month of it */
};

struct letter_clock {
    const char *name; /* stays with what it has done; never changes */
    enum letter_state state;
    enum letter_event event;
    int count;
    enum clock_unit unit;
    enum clock_basis basis;
};

extern const struct letter_clock letter_clocks[];
extern const size_t letter_clocks_count;

/* The last day in time of a clock that began on `since`; *ret_provisional as in workday_after. */
date_t letter_clock_due(const struct letter_clock *clock, date_t since, const struct workday_calendar *calendar,
                        bool *ret_provisional);
/* The latest day on which a clock may have begun that is over today. */
date_t letter_clock_begun_by(const struct letter_clock *clock, date_t today, const struct workday_calendar *calendar);

#endif
