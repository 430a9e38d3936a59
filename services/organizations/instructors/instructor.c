/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of dispatches and visits. Pure. */
#include "organizations/instructors/instructor.h"

#include "base/banned.h"

const struct word visit_kinds[] = {
    { "走访", "visit" },        { "谈心谈话", "talk" }, { "列席会议", "meeting" },
    { "业务指导", "guidance" }, { "电话联系", "call" }, { 0 },
};

status_t
instructor_judge_term(struct arena *arena, date_t since, date_t term_ends_on, date_t today)
{
    if (since > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (term_ends_on != DATE_NONE && term_ends_on < since)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/term_ends_on");
    return OK;
}

status_t
dispatch_judge_begin(struct arena *arena, const struct dispatch_facts *facts, date_t since, date_t today)
{
    if (facts->withdrawn)
        return status_plain(PROBLEM_INSTRUCTOR_WITHDRAWN);
    if (!facts->unit_reached)
        return status_field(arena, PROBLEM_NOT_FOUND, "/unit_id");
    if (since > today || since < facts->since)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (facts->interest)
        return status_field(arena, PROBLEM_CONFLICT_OF_INTEREST, "/unit_id");
    return facts->holds ? status_field(arena, PROBLEM_ALREADY_EXISTS, "/unit_id") : OK;
}

status_t
dispatch_judge_end(struct arena *arena, date_t began, date_t until, date_t today)
{
    if (until > today || (began != DATE_NONE && until < began))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/until");
    return OK;
}

status_t
visit_judge_day(struct arena *arena, date_t since, date_t until, date_t visited_on, date_t today)
{
    if (visited_on > today || visited_on < since || (until != DATE_NONE && visited_on > until))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/visited_on");
    return OK;
}

status_t
problem_judge_route(struct arena *arena, const struct department_facts *facts, date_t answer_due_on, date_t today)
{
    if (!facts->known)
        return status_field(arena, PROBLEM_UNKNOWN_ORGANIZATION, "/department_id");
    if (facts->dissolved)
        return status_field(arena, PROBLEM_ORGANIZATION_DISSOLVED, "/department_id");
    if (answer_due_on < today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/answer_due_on");
    return OK;
}
