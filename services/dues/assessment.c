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
static const struct assessment *
find_member(const struct assessment *items, size_t count, const struct id *member)
{
    for (size_t i = 0; i < count; i++)
        if (id_equal(&items[i].member, member))
            return &items[i];
    return NULL;
}

size_t
assessment_distinct(struct assessment *items, size_t count, size_t *ret_contradiction)
{
    size_t left = 0;

    *ret_contradiction = count;
    for (size_t i = 0; i < count; i++) {
        const struct assessment *earlier = find_member(items, left, &items[i].member);

        if (!earlier)
            items[left++] = items[i];
        else if (!assessment_equal(earlier, &items[i]) && *ret_contradiction == count)
            *ret_contradiction = i;
    }
    return left;
}

void
assessment_format(const struct assessment *assessment, char ret_text[ASSESSMENT_SIZE])
{
    char month[MONTH_SIZE];

    month_format(assessment->from, month);
    snprintf(ret_text, ASSESSMENT_SIZE, "%s %" PRId64 " %d", month, assessment->base, assessment->category);
}
