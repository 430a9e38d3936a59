/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of a move. Pure. */
#include "organizations/members/move.h"

#include "organizations/words.h"
#include "base/banned.h"

enum move_verdict
move_judge(const struct move *move, const struct move_facts *facts)
{
    if (id_equal(&facts->arrived_by, &move->letter))
        return MOVE_DONE;
    if (!id_equal(&facts->organization, &move->from))
        return MOVE_ELSEWHERE;
    if (!facts->active)
        return MOVE_GONE;
    if (!facts->to_known || !kind_takes_members(facts->to_kind))
        return MOVE_NOT_A_BRANCH;
    if (facts->to_dissolved)
        return MOVE_TO_DISSOLVED;
    return MOVE_MAY;
}

enum move_verdict
move_judge_out(const struct move *move, const struct id *organization, enum member_status status)
{
    if (status == MEMBER_MOVED_OUT)
        return MOVE_DONE;
    if (!id_equal(organization, &move->from))
        return MOVE_ELSEWHERE;
    return status == MEMBER_ACTIVE ? MOVE_MAY : MOVE_GONE;
}
