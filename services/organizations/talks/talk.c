/* SPDX-License-Identifier: Apache-2.0 */
/* The judgement of talks. Pure. */
#include "organizations/talks/talk.h"

#include "base/banned.h"

status_t
talk_judge(struct arena *arena, const struct talk *talk, date_t today)
{
    if (talk->held_on > today)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/held_on");
    if (talk->next_step && talk->next_due == DATE_NONE)
        return status_field(arena, PROBLEM_REQUIRED, "/next_due");
    if (!talk->next_step && (talk->next_due != DATE_NONE || talk->done_on != DATE_NONE))
        return status_field(arena, PROBLEM_REQUIRED, "/next_step");
    if (talk->next_step && talk->next_due < talk->held_on)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/next_due");
    if (talk->done_on != DATE_NONE && talk->done_on < talk->held_on)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/held_on");
    return OK;
}

status_t
talk_judge_done(struct arena *arena, const struct talk *talk, date_t done_on, date_t today)
{
    if (talk->done_on != DATE_NONE)
        return status_plain(PROBLEM_ALREADY_EXISTS);
    if (!talk->next_step)
        return status_field(arena, PROBLEM_REQUIRED, "/next_step");
    if (done_on > today || done_on < talk->held_on)
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/done_on");
    return OK;
}
