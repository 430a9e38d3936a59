/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of states. Pure. */
#include "organizations/units/unit_state.h"

#include "base/banned.h"

#define MAIN "/main_unit_id"

status_t
unit_state_judge(struct arena *arena, int state, const struct unit_state_facts *facts, date_t since, date_t today)
{
    bool extra = state == UNIT_EXTRA_LICENCE;

    if (since > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    if (extra != facts->main_named)
        return status_field(arena, extra ? PROBLEM_REQUIRED : PROBLEM_BAD_VALUE, MAIN);
    if (extra && !facts->main_known)
        return status_field(arena, PROBLEM_UNKNOWN_UNIT, MAIN);
    if (extra && !facts->main_counts)
        return status_field(arena, PROBLEM_BAD_VALUE, MAIN);
    if (extra && facts->is_main)
        return status_field(arena, PROBLEM_BAD_VALUE, "/state");
    return OK;
}
