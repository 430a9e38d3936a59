/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: instructors (党建工作指导员), their dispatches (下派) to units and their visits (走访). In principle one
 * looks after 4 to 5 units; how many are too many, and how often a unit is visited, is data. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_INSTRUCTOR_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word visit_kinds[]; /* 走访方式 */

/* A term of office in the register: from `since`, over on `term_ends_on` (DATE_NONE: no term). */
status_t instructor_judge_term(struct arena *arena, date_t since, date_t term_ends_on, date_t today);

struct dispatch_facts {
    bool withdrawn;    /* the instructor */
    bool unit_reached; /* it is there, and its place is within the actor's reach */
    bool holds;        /* he is dispatched there on that day or later */
    bool interest;     /* he works there, owns it, or leads it */
    date_t since;      /* he is an instructor since */
};

/* A dispatch from `since` on. */
status_t dispatch_judge_begin(struct arena *arena, const struct dispatch_facts *facts, date_t since, date_t today);
/* The end of one, or of all, the latest of which began on `began`; `until` is the first day without it. */
status_t dispatch_judge_end(struct arena *arena, date_t began, date_t until, date_t today);

/* A visit on that day, by somebody dispatched from `since` until `until` (DATE_NONE: still). */
status_t visit_judge_day(struct arena *arena, date_t since, date_t until, date_t visited_on, date_t today);

struct department_facts {
    bool known; /* in the line of the organization that dispatches, above it or below */
    bool dissolved;
};

/* A problem goes to a department, to be answered by that day. */
status_t
problem_judge_route(struct arena *arena, const struct department_facts *facts, date_t answer_due_on, date_t today);

#endif
