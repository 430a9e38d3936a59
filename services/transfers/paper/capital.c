/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: capital numerals. Pure. */
#include "transfers/paper/capital.h"

#include <stdio.h>

#include "base/check.h"
#include "base/banned.h"

static const char *const digits[] = { "零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖" };

void
capital_number(uint32_t number, char ret_text[CAPITAL_NUMBER_SIZE])
{
    const char *tens = number >= 10 ? digits[number / 10 % 10] : "";
    const char *ones = number < 10 || number % 10 ? digits[number % 10] : "";

    CHECK(number < 100);
    snprintf(ret_text, CAPITAL_NUMBER_SIZE, "%s%s%s", tens, number >= 10 ? "拾" : "", ones);
}

void
capital_month(month_t month, char ret_text[CAPITAL_MONTH_SIZE])
{
    struct civil day = date_to_civil(month_first_day(month));
    const char *ones = day.month == 10 ? "" : digits[day.month % 10];

    snprintf(ret_text, CAPITAL_MONTH_SIZE, "%s%s%s%s年%s%s月", digits[day.year / 1000 % 10],
             digits[day.year / 100 % 10], digits[day.year / 10 % 10], digits[day.year % 10],
             day.month >= 10 ? "拾" : "", ones);
}
