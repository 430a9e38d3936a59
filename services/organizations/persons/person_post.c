/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of posts of persons. Pure. */
#include "organizations/persons/person_post.h"

#include "base/banned.h"

const struct word person_roles[] = {
    { "业主", "owner" },
    { "单位负责人", "unit_head" },
    { "外来书记", "outside_secretary" },
    { "党建工作指导员", "instructor" },
    { "入党积极分子", "activist" },
    { "入党申请人", "applicant" },
    { 0 },
};

/* Where a post can be, and who can hold it. */
static const struct {
    bool at_unit;
    bool at_organization;
    bool by_member;
} places[] = {
    [PERSON_OWNER] = { true, false, true },
    [PERSON_UNIT_HEAD] = { true, false, true },
    [PERSON_OUTSIDE_SECRETARY] = { false, true, true },
    [PERSON_INSTRUCTOR] = { false, true, true }, /* at a unit: a dispatch of the register */
    [PERSON_ACTIVIST] = { false, true, false },
    [PERSON_APPLICANT] = { false, true, false },
};

status_t
person_post_judge_begin(struct arena *arena, int role, const struct person_post_facts *facts, date_t since,
                        date_t today)
{
    const char *place = facts->at_unit ? "/unit_id" : "/organization_id";

    if (facts->at_unit ? !places[role].at_unit : !places[role].at_organization)
        return status_field(arena, PROBLEM_BAD_VALUE, place);
    if (facts->is_member && !places[role].by_member)
        return status_plain(PROBLEM_PERSON_IS_MEMBER);
    if (!facts->place_reached)
        return status_field(arena, PROBLEM_OUTSIDE_SCOPE, place);
    if (facts->dissolved)
        return status_field(arena, PROBLEM_ORGANIZATION_DISSOLVED, place);
    if (since > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    return facts->holds ? status_plain(PROBLEM_ALREADY_EXISTS) : OK;
}

status_t
person_post_judge_end(struct arena *arena, date_t began, date_t until, date_t today)
{
    if (until > today || until < began)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/until");
    return OK;
}
