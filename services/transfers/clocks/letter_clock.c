/* SPDX-License-Identifier: Apache-2.0 */
/* The table of clocks. Domain: pure, any thread. */
#include "transfers/clocks/letter_clock.h"

#include "base/check.h"
#include "base/banned.h"

#define CLOCK(name, state, event, count, unit, basis)                                                                  \
    {                                                                                                                  \
        name, LETTER_##state, EVENT_##event, count, CLOCK_##unit, CLOCK_FROM_##basis                                   \
    }

const struct letter_clock letter_clocks[] = {
    CLOCK("draft_purge", DRAFT, PURGE, 30, DAYS, STATE),
    CLOCK("returned_lapse", RETURNED, LAPSE, 15, DAYS, STATE),
    CLOCK("submitted_remind", SUBMITTED, REMIND, 5, WORKING_DAYS, STATE),
    CLOCK("submitted_escalate", SUBMITTED, ESCALATE, 10, WORKING_DAYS, STATE),
    CLOCK("agreed_remind", AGREED, REMIND, 5, WORKING_DAYS, STATE),
    CLOCK("agreed_escalate", AGREED, ESCALATE, 10, WORKING_DAYS, STATE),
    CLOCK("up_review_remind", UP_REVIEW, REMIND, 5, WORKING_DAYS, STATE),
    CLOCK("up_review_escalate", UP_REVIEW, ESCALATE, 10, WORKING_DAYS, STATE),
    CLOCK("file_check_escalate", FILE_CHECK, ESCALATE, 30, DAYS, STATE),
    CLOCK("accepted_remind", ACCEPTED, REMIND, 15, DAYS, STATE),
    CLOCK("accepted_receipt", ACCEPTED, ESCALATE, 1, MONTHS, RECEIPT),
    CLOCK("reported_receipt", REPORTED, ESCALATE, 1, MONTHS, RECEIPT),
    CLOCK("refused_in_escalate", REFUSED_IN, ESCALATE, 10, WORKING_DAYS, STATE),
};

const size_t letter_clocks_count = sizeof letter_clocks / sizeof *letter_clocks;

/* The same day of the month, or that month's last. */
static date_t
months_after(date_t day, int count)
{
    int of_month = date_to_civil(day).day;
    month_t month = month_of(day) + count;
    date_t last = month_first_day(month + 1) - 1;
    date_t same = month_first_day(month) + of_month - 1;

    return same < last ? same : last;
}

date_t
letter_clock_due(const struct letter_clock *clock, date_t since, const struct workday_calendar *calendar,
                 bool *ret_provisional)
{
    switch (clock->unit) {
    case CLOCK_WORKING_DAYS:
        return workday_after(calendar, since, clock->count, ret_provisional);
    case CLOCK_DAYS:
        return since + clock->count;
    case CLOCK_MONTHS:
        return months_after(since, clock->count);
    }
    CHECK(false);
    return since;
}

date_t
letter_clock_begun_by(const struct letter_clock *clock, date_t today, const struct workday_calendar *calendar)
{
    date_t day = today - 1;
    bool provisional;

    while (letter_clock_due(clock, day, calendar, &provisional) >= today)
        day--;
    return day;
}
