/* SPDX-License-Identifier: Apache-2.0 */
/* The civil calendar as arithmetic on days since 1970-01-01 (proleptic Gregorian). Pure. */
#include "base/date.h"

#include <stdio.h>

#include "base/text.h"
#include "base/banned.h"

#define SHANGHAI_OFFSET ((instant_t)8 * 3600 * 1000000)
#define DAY             ((instant_t)86400 * 1000000)
#define ERA_DAYS        146097 /* days in 400 years */

/* Years begin in March here, so that the leap day is the last day of a year. */
static int32_t
days_from_civil(int year, int month, int day)
{
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    return era * ERA_DAYS + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil
date_to_civil(date_t date)
{
    int32_t z = date + 719468;
    int32_t era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
    int32_t of_era = z - era * ERA_DAYS;
    int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA_DAYS - 1)) / 365;
    int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * of_year + 2) / 153;

    return (struct civil){ .year = year + era * 400 + (month >= 10),
                           .month = month < 10 ? month + 3 : month - 9,
                           .day = of_year - (153 * month + 2) / 5 + 1 };
}

bool
date_from_civil(struct civil civil, date_t *ret_date)
{
    struct civil back;
    date_t date;

    if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > 31)
        return false;
    date = days_from_civil(civil.year, civil.month, civil.day);
    back = date_to_civil(date);
    if (back.month != civil.month)
        return false;
    *ret_date = date;
    return true;
}

static bool
read_number(struct slice text, size_t at, size_t digits, int *ret_number)
{
    int number = 0;

    if (!text_is_digits(slice_make(text.data + at, digits)))
        return false;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (text.data[at + i] - '0');
    *ret_number = number;
    return true;
}

bool
date_parse(struct slice text, date_t *ret_date)
{
    struct civil civil;

    return text.size == 10 && text.data[4] == '-' && text.data[7] == '-' && read_number(text, 0, 4, &civil.year) &&
           read_number(text, 5, 2, &civil.month) && read_number(text, 8, 2, &civil.day) &&
           date_from_civil(civil, ret_date);
}

void
date_format(date_t date, char ret_text[DATE_SIZE])
{
    struct civil civil = date_to_civil(date);

    snprintf(ret_text, DATE_SIZE, "%04u-%02u-%02u", (unsigned)civil.year % 10000u, (unsigned)civil.month % 100u,
             (unsigned)civil.day % 100u);
}

int
date_age(date_t birth, date_t today)
{
    struct civil from = date_to_civil(birth);
    struct civil to = date_to_civil(today);
    int birthday_ahead = to.month < from.month || (to.month == from.month && to.day < from.day);

    return to.year - from.year - birthday_ahead;
}

bool
month_parse(struct slice text, month_t *ret_month)
{
    int year;
    int month;

    if (text.size != 7 || text.data[4] != '-' || !read_number(text, 0, 4, &year) || !read_number(text, 5, 2, &month))
        return false;
    if (year < 1 || month < 1 || month > 12)
        return false;
    *ret_month = (year - 1970) * 12 + month - 1;
    return true;
}

static struct civil
month_to_civil(month_t month)
{
    int year = 1970 + (month >= 0 ? month : month - 11) / 12;

    return (struct civil){ .year = year, .month = month - (year - 1970) * 12 + 1, .day = 1 };
}

void
month_format(month_t month, char ret_text[MONTH_SIZE])
{
    struct civil civil = month_to_civil(month);

    snprintf(ret_text, MONTH_SIZE, "%04u-%02u", (unsigned)civil.year % 10000u, (unsigned)civil.month % 100u);
}

month_t
month_of(date_t date)
{
    struct civil civil = date_to_civil(date);

    return (civil.year - 1970) * 12 + civil.month - 1;
}

date_t
month_first_day(month_t month)
{
    struct civil civil = month_to_civil(month);

    return days_from_civil(civil.year, civil.month, 1);
}

static int64_t
floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

date_t
instant_date(instant_t at)
{
    return (date_t)floor_div(at + SHANGHAI_OFFSET, DAY);
}

void
instant_format(instant_t at, char ret_text[INSTANT_SIZE])
{
    instant_t local = at + SHANGHAI_OFFSET;
    int64_t of_day = local - floor_div(local, DAY) * DAY;
    char day[DATE_SIZE];

    date_format(instant_date(at), day);
    snprintf(ret_text, INSTANT_SIZE, "%sT%02u:%02u:%02u.%06u+08:00", day, (unsigned)(of_day / 3600000000) % 24u,
             (unsigned)(of_day / 60000000 % 60), (unsigned)(of_day / 1000000 % 60), (unsigned)(of_day % 1000000));
}
