/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of relations. Pure. */
#include "organizations/relations/relation.h"

#include "base/banned.h"

const struct word relation_kinds[] = {
    { "隶属", "line" }, { "双重管理", "dual" }, { "归口", "trade" }, { "挂靠", "host" }, { 0 },
};

const struct word relation_scopes[] = { { "读", "read" }, { "写", "write" }, { 0 } };

/* Whom a kind of organization may stand below in the line: branches have nobody below them. */
static bool
has_line_below(int kind)
{
    return kind == ORGANIZATION_WORKING_COMMITTEE || kind == ORGANIZATION_COMMITTEE ||
           kind == ORGANIZATION_GENERAL_BRANCH;
}

status_t
relation_judge_subject(const struct relation_subject *subject)
{
    if (!subject->by_line || subject->is_own)
        return status_plain(PROBLEM_OUTSIDE_SCOPE);
    return subject->dissolved ? status_plain(PROBLEM_ORGANIZATION_DISSOLVED) : OK;
}

static status_t
judge_superior(struct arena *arena, int kind, const struct relation_superior *superior)
{
    if (!superior->known)
        return status_field(arena, PROBLEM_NOT_FOUND, "/superior_id");
    if (superior->below)
        return status_field(arena, PROBLEM_ORGANIZATION_LOOP, "/superior_id");
    if (superior->dissolved)
        return status_field(arena, PROBLEM_ORGANIZATION_DISSOLVED, "/superior_id");
    if (kind != RELATION_HOST && !has_line_below(superior->kind))
        return status_field(arena, PROBLEM_BAD_VALUE, "/superior_id");
    if (kind == RELATION_LINE && !superior->by_line)
        return status_field(arena, PROBLEM_OUTSIDE_SCOPE, "/superior_id");
    return OK;
}

status_t
relation_judge_begin(struct arena *arena, int kind, const struct relation_superior *superior,
                     const struct relation_past *past, date_t since, date_t today)
{
    status_t st = judge_superior(arena, kind, superior);

    if (st)
        return st;
    if (since > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (kind != RELATION_LINE && past->holds)
        return status_plain(PROBLEM_ALREADY_EXISTS);
    if (kind == RELATION_LINE && past->holds && since < past->since)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (past->last_until != DATE_NONE && since < past->last_until)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    return OK;
}

status_t
relation_judge_end(struct arena *arena, const struct relation_past *past, date_t until, date_t today)
{
    if (!past->holds)
        return status_plain(PROBLEM_NOT_FOUND);
    if (until > today || until < past->since)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/until");
    return OK;
}

status_t
approval_judge_grant(struct arena *arena, const struct relation_subject *subject, const struct relation_past *past,
                     date_t since)
{
    if (subject->kind != ORGANIZATION_WORKING_COMMITTEE && subject->kind != ORGANIZATION_COMMITTEE)
        return status_plain(PROBLEM_NOT_A_COMMITTEE);
    if (past->holds)
        return status_plain(PROBLEM_ALREADY_EXISTS);
    if (past->last_until != DATE_NONE && since < past->last_until)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    return OK;
}
