/* SPDX-License-Identifier: Apache-2.0 */
/* A member's year. Runs on a worker's thread inside its frame. */
#include <liangxin/training/v1/training.handlers.h>

#include "training/training.h"
#include "base/banned.h"

#define X(name, number, code)                                                                                          \
    _Static_assert((number) == LIANGXIN__TRAINING__V1__TRAINEE_KIND__TRAINEE_KIND_##name, "training.v1 " code);
TRAINEE_KINDS(X)
#undef X

static void
plan_to_wire(struct arena *arena, const struct id *member, const struct year_of_member *year, Plan *out)
{
    struct progress progress = obligation_progress(&year->obligation, year->records, year->n_records);

    out->member_id = arena_alloc(arena, ID_SIZE);
    id_format(member, out->member_id);
    out->kind = (TraineeKind)year->kind;
    out->required_tenths = year->obligation.required;
    out->done_tenths = progress.done;
    out->left_tenths = progress.left;
    out->article = arena_text(arena, year->obligation.article);
}

status_t
handle_get_plan(struct call *call, const GetPlanRequest *in, Plan *out)
{
    uint32_t number = in->year ? in->year : (uint32_t)date_to_civil(call->today).year;
    struct year_of_member year;
    struct id member;
    date_t first;
    date_t last;
    status_t st;

    if (!id_parse(slice_of(in->member_id), &member))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/member_id");
    if (!training_year(number, &first, &last))
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/year");
    st = year_of_member_read(call, &member, first, last, &year);
    if (st)
        return st;
    out->year = number;
    plan_to_wire(call->arena, &member, &year, out);
    return OK;
}
