/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of a leave. Pure. */
#include "organizations/members/leave.h"

#include "base/banned.h"

enum leave_verdict
leave_judge(const struct leave_facts *facts, enum member_status becomes, date_t on, date_t today)
{
    if (becomes <= MEMBER_ACTIVE || becomes >= MEMBER_MOVED_OUT)
        return LEAVE_NO_WAY;
    if (facts->status != MEMBER_ACTIVE)
        return LEAVE_GONE;
    if (facts->letter_open && becomes != MEMBER_DECEASED)
        return LEAVE_LETTER_OPEN;
    if (on > today || on < facts->joined_on)
        return LEAVE_BAD_DAY;
    return LEAVE_MAY;
}
