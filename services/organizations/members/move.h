/* SPDX-License-Identifier: Apache-2.0 */
/* May this member move by this letter? The one change of affiliation there is. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_MOVE_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_MOVE_H

#include "organizations/members/leave.h"
#include "base/id.h"

struct move {
    struct id letter;
    struct id member;
    struct id from; /* branch */
    struct id to;   /* branch */
};

struct move_facts {
    struct id organization; /* where the member belongs now */
    bool active;
    struct id arrived_by; /* letter of the present membership; nil: the first load */
    bool to_known;
    int to_kind;
    bool to_dissolved;
};

enum move_verdict {
    MOVE_MAY,
    MOVE_DONE,         /* this letter has brought the member here already */
    MOVE_ELSEWHERE,    /* the member does not belong to the sending branch */
    MOVE_GONE,         /* the member has died or left */
    MOVE_TO_DISSOLVED, /* the receiving organization was dissolved (撤销) */
    MOVE_NOT_A_BRANCH, /* the receiving organization is unknown or takes no members */
};

enum move_verdict move_judge(const struct move *move, const struct move_facts *facts);
/* The same of a move out of the city (转出市外), which has no branch to go to. */
enum move_verdict move_judge_out(const struct move *move, const struct id *organization, enum member_status status);

#endif
