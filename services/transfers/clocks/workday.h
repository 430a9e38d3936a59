/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: working days (工作日). Monday to Friday, but for the State Council's holidays and the weekend days worked
 * instead (调休). A year that no table speaks of counts its weeks only, and says so. Pure. */
#ifndef LIANGXIN_TRANSFERS_WORKDAY_H
#define LIANGXIN_TRANSFERS_WORKDAY_H

#include <stdbool.h>

#include "base/date.h"

/* A day that is not what its weekday says. */
struct workday_exception {
    date_t day;
    bool works;
};

/* Exceptions in the order of their days. A year is known when it has one. */
struct workday_calendar {
    const struct workday_exception *exceptions;
    int count;
};

bool workday_is(const struct workday_calendar *calendar, date_t day);
/* The `count`th working day after `day`. *ret_provisional becomes true, and is otherwise left alone, when a year that
 * was counted through has no table. */
date_t workday_after(const struct workday_calendar *calendar, date_t day, int count, bool *ret_provisional);

#endif
