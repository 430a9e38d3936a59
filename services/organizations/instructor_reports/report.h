/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: half-year reports (半年报告) of instructors and yearly grades (年度考核): periods, states, and the text that
 * a report begins with. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTOR_REPORTS_REPORT_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTOR_REPORTS_REPORT_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word report_states[];     /* 起草, 已报送, 退回修改 */
extern const struct word instructor_grades[]; /* 优秀, 称职, 基本称职, 不称职 */

enum report_state { REPORT_DRAFT = 1, REPORT_SUBMITTED, REPORT_RETURNED };

/* A half of a year (1 上半年, 2 下半年). */
struct half_year {
    int year;
    int half;
};

date_t half_year_first(struct half_year half);
date_t half_year_last(struct half_year half);
/* The last one that is over on `today`. */
struct half_year half_year_over(date_t today);

/* A report of a half-year that has begun, by who was an instructor in it (`until` DATE_NONE: still is). */
status_t report_judge_begin(struct arena *arena, struct half_year half, date_t since, date_t until, date_t today);
/* REPORT_STATE unless it may be written, or, when `submitted`, returned. */
status_t report_judge_state(int state, bool submitted);

/* What visits of a half-year say of one unit. */
struct unit_visits {
    const char *unit;
    int64_t visits;
    date_t last; /* DATE_NONE: not visited */
    int64_t problems;
    int64_t answered; /* of these */
};

/* The text a report begins with: totals, then a line for each unit in the order given. In `arena`. */
const char *report_text(struct arena *arena, struct half_year half, const struct unit_visits *units, size_t count);

#endif
