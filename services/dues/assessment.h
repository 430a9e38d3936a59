/* SPDX-License-Identifier: Apache-2.0 */
/* The base (党费计算基数) of one member from one month on. Pure. */
#ifndef LIANGXIN_DUES_ASSESSMENT_H
#define LIANGXIN_DUES_ASSESSMENT_H

#include "base/date.h"
#include "base/id.h"
#include "base/money.h"
#include "dues/category.h"

#define ASSESSMENT_SIZE 64 /* text of assessment_format and NUL */

struct assessment {
    struct id member;
    month_t from; /* holds until the next one */
    fen_t base;
    enum dues_category category;
};

/* True when both say the same of the same member and month: recording one after the other changes nothing. */
bool assessment_equal(const struct assessment *a, const struct assessment *b);
/* Keeps the first of those that are equal, at the front, and answers how many are left. *ret_contradiction is the index
 * (before) of one that says something else of a member named earlier, or `count` when there is none. */
size_t assessment_distinct(struct assessment *items, size_t count, size_t *ret_contradiction);
/* A stable text of month, base and category, for the audit's hashes. */
void assessment_format(const struct assessment *assessment, char ret_text[ASSESSMENT_SIZE]);

#endif
