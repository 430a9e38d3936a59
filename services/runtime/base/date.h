/* SPDX-License-Identifier: Apache-2.0 */
/* Civil dates (Asia/Shanghai has no daylight saving: UTC+8 all year) and months. Pure: nothing here reads a clock. */
#ifndef LIANGXIN_BASE_DATE_H
#define LIANGXIN_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* Days since 1970-01-01. */
typedef int32_t date_t;
/* Months since 1970-01. */
typedef int32_t month_t;
/* Microseconds since 1970-01-01T00:00:00Z. */
typedef int64_t instant_t;

#define DATE_NONE    INT32_MIN
#define DATE_SIZE    11 /* "2026-11-21" and NUL */
#define MONTH_SIZE   8  /* "2026-11" and NUL */
#define INSTANT_SIZE 33 /* "2026-11-21T09:00:00.000000+08:00" and NUL */

struct civil {
    int year;
    int month; /* 1..12 */
    int day;   /* 1..31 */
};

/* False when there is no such day (years 1 to 9999). */
bool date_from_civil(struct civil civil, date_t *ret_date);
struct civil date_to_civil(date_t date);
/* Reads exactly YYYY-MM-DD. */
bool date_parse(struct slice text, date_t *ret_date);
void date_format(date_t date, char ret_text[DATE_SIZE]);
/* Full years of age on `today` of somebody born on `birth`. */
int date_age(date_t birth, date_t today);

bool month_parse(struct slice text, month_t *ret_month);
void month_format(month_t month, char ret_text[MONTH_SIZE]);
month_t month_of(date_t date);
date_t month_first_day(month_t month);

/* The civil day in Asia/Shanghai. */
date_t instant_date(instant_t at);
/* RFC 3339 with +08:00 and microseconds. */
void instant_format(instant_t at, char ret_text[INSTANT_SIZE]);

#endif
