/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of terms. Pure. */
#include "organizations/life/term.h"

#include "organizations/words.h"
#include "base/banned.h"

static const int years[] = {
    [ORGANIZATION_WORKING_COMMITTEE] = 0, [ORGANIZATION_COMMITTEE] = 5,
    [ORGANIZATION_GENERAL_BRANCH] = 3,    [ORGANIZATION_BRANCH] = 3,
    [ORGANIZATION_JOINT_BRANCH] = 3,      [ORGANIZATION_FLOATING_BRANCH] = 3,
};

int
term_years(int kind)
{
    return years[kind];
}

date_t
months_after(date_t day, int months)
{
    struct civil civil = date_to_civil(day);
    int count = civil.year * 12 + civil.month - 1 + months;
    date_t found = day;

    civil.year = count / 12;
    civil.month = count % 12 + 1;
    while (!date_from_civil(civil, &found) && civil.day > 28)
        civil.day--;
    return found;
}

status_t
term_judge(struct arena *arena, int kind, date_t elected_on, date_t ends_on, date_t today, date_t *ret_ends_on)
{
    int length = term_years(kind);

    if (!length)
        return status_plain(PROBLEM_NO_TERM);
    if (elected_on > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/elected_on");
    if (ends_on == DATE_NONE)
        ends_on = months_after(elected_on, length * 12);
    if (ends_on <= elected_on || ends_on > months_after(elected_on, TERM_MOST * 12))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/term_ends_on");
    *ret_ends_on = ends_on;
    return OK;
}
