/* SPDX-License-Identifier: Apache-2.0 */
/* Reports of the two coverages, and the rows of each figure. On the worker's thread, without a transaction. */
#include "base/check.h"
#include "organizations/coverage/store_coverage.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

#define SAME(mine, theirs) _Static_assert((int)(mine) == (int)LIANGXIN__ORGANIZATIONS__V1__##theirs, #theirs)
SAME(2, UNIT_MEASURE__UNIT_MEASURE_OPERATING);
SAME(UNIT_MEASURES, UNIT_MEASURE__UNIT_MEASURE_IDLE_COVERED);
SAME(3, ORGANIZATION_MEASURE__ORGANIZATION_MEASURE_JOINT_BRANCHES);
SAME(ORGANIZATION_MEASURES, ORGANIZATION_MEASURE__ORGANIZATION_MEASURE_NO_SECRETARY);

/* The place of a request: within the scope, and no later day than today. */
static status_t
read_place(struct call *call, const char *organization, const char *region, const char *as_of,
           struct coverage_place *ret_place, bool *ret_pending)
{
    *ret_place = (struct coverage_place){ organization, region, wire_day_or(as_of, call->today), false };
    ret_place->now = ret_place->day == call->today;
    if (ret_place->day > call->today)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/as_of");
    return coverage_scope(call, ret_place, ret_pending);
}

static UnitFigure *
unit_figure(struct call *call, const struct coverage_counts *counts, int measure)
{
    const struct measure *row = &unit_measures[measure];
    UnitFigure *out = unit_figure_new(call->arena);
    int64_t rate = measure_rate(counts->units[measure], counts->units[row->base]);

    out->measure = (UnitMeasure)measure;
    out->count = counts->units[measure];
    out->part_of = (UnitMeasure)row->base;
    out->whole = counts->units[row->base];
    out->article = wire_text(row->article);
    if (row->base && rate >= 0) {
        out->rate_case = LIANGXIN__ORGANIZATIONS__V1__UNIT_FIGURE__RATE_RATE_BP;
        out->rate_bp = rate;
    }
    return out;
}

static OrganizationFigure *
organization_figure(struct call *call, const struct coverage_counts *counts, int measure)
{
    const struct measure *row = &organization_measures[measure];
    OrganizationFigure *out = organization_figure_new(call->arena);
    int64_t rate = measure_rate(counts->organizations[measure], counts->organizations[row->base]);

    out->measure = (OrganizationMeasure)measure;
    out->count = counts->organizations[measure];
    out->part_of = (OrganizationMeasure)row->base;
    out->whole = counts->organizations[row->base];
    out->article = wire_text(row->article);
    if (row->base && rate >= 0) {
        out->rate_case = LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION_FIGURE__RATE_RATE_BP;
        out->rate_bp = rate;
    }
    return out;
}

static void
figures_to_wire(struct call *call, const struct coverage_counts *counts, date_t day, Coverage *out)
{
    int64_t joint =
        counts->organizations[LIANGXIN__ORGANIZATIONS__V1__ORGANIZATION_MEASURE__ORGANIZATION_MEASURE_JOINT_BRANCHES];
    char text[DATE_SIZE];

    date_format(day, text);
    out->as_of = arena_text(call->arena, text);
    out->n_units = UNIT_MEASURES;
    out->units = arena_array(call->arena, UNIT_MEASURES, sizeof(UnitFigure *));
    for (int i = 0; i < UNIT_MEASURES; i++)
        out->units[i] = unit_figure(call, counts, i + 1);
    out->n_organizations = ORGANIZATION_MEASURES;
    out->organizations = arena_array(call->arena, ORGANIZATION_MEASURES, sizeof(OrganizationFigure *));
    for (int i = 0; i < ORGANIZATION_MEASURES; i++)
        out->organizations[i] = organization_figure(call, counts, i + 1);
    out->joint_units = counts->joint_units;
    if (joint > 0) {
        out->per_joint_case = LIANGXIN__ORGANIZATIONS__V1__COVERAGE__PER_JOINT_UNITS_PER_JOINT_BP;
        out->units_per_joint_bp = measure_rate(counts->joint_units, joint);
    }
}

static status_t
report(struct call *call, const char *organization, const char *region, const char *as_of, Coverage *out)
{
    const struct organizations_state *state = call->state;
    struct coverage_counts counts;
    struct coverage_place place;
    bool pending = false;
    status_t st = read_place(call, organization, region, as_of, &place, &pending);

    if (!st)
        st = coverage_report(call->db, call->arena, state->settings, &place, &counts);
    if (st)
        return st;
    out->organization_id = wire_text(organization);
    out->region_code = wire_text(region);
    out->pending = pending;
    figures_to_wire(call, &counts, place.day, out);
    return OK;
}

status_t
handle_report_line_coverage(struct call *call, const LineCoverageRequest *in, Coverage *out)
{
    return report(call, in->id, NULL, in->as_of, out);
}

status_t
handle_report_region_coverage(struct call *call, const RegionCoverageRequest *in, Coverage *out)
{
    return report(call, NULL, in->code, in->as_of, out);
}
