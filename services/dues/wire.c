/* SPDX-License-Identifier: Apache-2.0 */
/* Domain to protobuf and back. Everything made here lives in the call's arena. */
#include "dues/dues.h"
#include "base/banned.h"

#define X(name, number, code, word)                                                                                    \
    _Static_assert((number) == LIANGXIN__DUES__V1__DUES_CATEGORY__DUES_CATEGORY_##name, "dues.v1.DuesCategory " code);
DUES_CATEGORIES(X)
#undef X

static status_t
record_fault(struct call *call, enum problem_name problem, size_t place, const char *field)
{
    return status_field(call->arena, problem, arena_printf(call->arena, "/records/%zu/%s", place, field));
}

static status_t
read_record(struct call *call, const BaseRecord *in, size_t place, struct assessment *ret_given)
{
    *ret_given = (struct assessment){
        .base = in->base_fen,
        .category = dues_category_of_occupation(slice_of(in->occupation)),
    };
    if (!id_from_bytes(in->member_id.data, in->member_id.len, &ret_given->member))
        return record_fault(call, PROBLEM_BAD_VALUE, place, "member_id");
    if (!month_parse(slice_of(in->from_month), &ret_given->from))
        return record_fault(call, PROBLEM_BAD_FORMAT, place, "from_month");
    return OK;
}

status_t
assessments_from_wire(struct call *call, const RecordBasesRequest *in, struct assessment **ret_given, size_t *ret_count)
{
    struct assessment *given = arena_array(call->arena, in->n_records, sizeof *given);
    status_t all = OK;
    size_t contradiction;

    for (size_t i = 0; i < in->n_records; i++)
        all = status_join(call->arena, all, read_record(call, in->records[i], i, &given[i]));
    if (all)
        return all;
    *ret_given = given;
    *ret_count = assessment_distinct(given, in->n_records, &contradiction);
    return contradiction < in->n_records ? record_fault(call, PROBLEM_BAD_VALUE, contradiction, "member_id") : OK;
}

void
base_to_wire(struct arena *arena, const struct held_base *held, Base *out)
{
    const struct assessment *assessment = &held->assessment;
    struct rate_answer answer;

    out->member_id = arena_alloc(arena, ID_SIZE);
    id_format(&assessment->member, out->member_id);
    out->base_fen = assessment->base;
    out->from_month = arena_alloc(arena, MONTH_SIZE);
    month_format(assessment->from, out->from_month);
    out->version = held->version;
    if (assessment->category != DUES_UNKNOWN) {
        out->known_case = LIANGXIN__DUES__V1__BASE__KNOWN_CATEGORY;
        out->category = (DuesCategory)assessment->category;
    }
    if (rate_monthly(&held->table, assessment->base, &answer) == RATE_ASSESSED) {
        out->assessed_case = LIANGXIN__DUES__V1__BASE__ASSESSED_MONTHLY_FEN;
        out->monthly_fen = answer.due;
    }
}
