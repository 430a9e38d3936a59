/* SPDX-License-Identifier: Apache-2.0 */
/* Bases compared. Pure. */
#include "dues/assessment.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/banned.h"

bool
assessment_equal(const struct assessment *a, const struct assessment *b)
{
    return id_equal(&a->member, &b->member) && a->from == b->from && a->base == b->base && a->category == b->category;
}

/* Requests have at most 500 items: 125,000 comparisons of 16 bytes cost less than sorting a copy would in code. */
size_t
assessment_repeated(const struct assessment *items, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t k = 0; k < i; k++)
            if (id_equal(&items[i].member, &items[k].member))
                return i;
    return count;
}

void
assessment_format(const struct assessment *assessment, char ret_text[ASSESSMENT_SIZE])
{
    char month[MONTH_SIZE];

    month_format(assessment->from, month);
    snprintf(ret_text, ASSESSMENT_SIZE, "%s %" PRId64 " %d", month, assessment->base, assessment->category);
}
