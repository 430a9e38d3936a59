/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: posts (任职) of persons: owner, unit head, secretary from outside, instructor, activist, applicant. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_POST_H
#define LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_POST_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word person_roles[];

enum person_role {
    PERSON_OWNER = 1,         /* 业主 */
    PERSON_UNIT_HEAD,         /* 单位负责人 */
    PERSON_OUTSIDE_SECRETARY, /* 外来书记 */
    PERSON_INSTRUCTOR,        /* 党建工作指导员 */
    PERSON_ACTIVIST,          /* 入党积极分子 */
    PERSON_APPLICANT,         /* 入党申请人 */
};

struct person_post_facts {
    bool is_member;     /* the person */
    bool at_unit;       /* the place is a unit, not an organization */
    bool place_reached; /* it is there, and within the actor's scope */
    bool dissolved;     /* the organization */
    bool holds;         /* the same post at the same place, on `since` or later */
};

/* A post from `since` on. Whoever is a member applies for nothing. */
status_t person_post_judge_begin(struct arena *arena, int role, const struct person_post_facts *facts, date_t since,
                                 date_t today);
/* The end of one that began on that day: `until` is the first day without it. */
status_t person_post_judge_end(struct arena *arena, date_t began, date_t until, date_t today);

#endif
