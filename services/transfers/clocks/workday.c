/* SPDX-License-Identifier: Apache-2.0 */
/* Counting working days. Domain: pure, any thread. */
#include "transfers/clocks/workday.h"

#include "base/banned.h"

/* 1970-01-01 was a Thursday. */
static bool
is_weekend(date_t day)
{
    int from_monday = (int)(((day + 3) % 7 + 7) % 7);

    return from_monday >= 5;
}

/* The first exception not before `day`. */
static int
find_from(const struct workday_calendar *calendar, date_t day)
{
    int low = 0;
    int high = calendar->count;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (calendar->exceptions[middle].day < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool
workday_is(const struct workday_calendar *calendar, date_t day)
{
    int i = find_from(calendar, day);

    if (i < calendar->count && calendar->exceptions[i].day == day)
        return calendar->exceptions[i].works;
    return !is_weekend(day);
}

static bool
knows_year_of(const struct workday_calendar *calendar, date_t day)
{
    struct civil civil = date_to_civil(day);
    date_t first = day;
    int i;

    if (!date_from_civil((struct civil){ civil.year, 1, 1 }, &first))
        return false;
    i = find_from(calendar, first);
    return i < calendar->count && date_to_civil(calendar->exceptions[i].day).year == civil.year;
}

date_t
workday_after(const struct workday_calendar *calendar, date_t day, int count, bool *ret_provisional)
{
    while (count > 0) {
        day++;
        if (workday_is(calendar, day))
            count--;
        if (!knows_year_of(calendar, day))
            *ret_provisional = true;
    }
    return day;
}
