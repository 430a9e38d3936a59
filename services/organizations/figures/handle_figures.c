/* SPDX-License-Identifier: Apache-2.0 */
/* Totals by line and by territory, of any day, and whose term is over. On the worker's thread, without a transaction.
 */
#include "organizations/figures/store_figures.h"
#include "organizations/organizations/store_organization.h"
#include "base/banned.h"

/* The day asked for: today unless it is said, and never a later one. */
static status_t
read_day(struct call *call, const char *text, date_t *ret_day)
{
    *ret_day = call->today;
    if (text[0])
        (void)date_parse(slice_of(text), ret_day); /* the field rules have looked at it */
    return *ret_day > call->today ? status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/as_of") : OK;
}

static status_t
figures_to_wire(struct call *call, struct db_rows *row, date_t day, Summary *out)
{
    char as_of[DATE_SIZE];

    date_format(day, as_of);
    out->as_of = wire_text(arena_text(call->arena, as_of));
    out->nodes = db_i64(row, 0, "nodes");
    out->organizations = db_i64(row, 0, "organizations");
    out->single = db_i64(row, 0, "single");
    out->joint = db_i64(row, 0, "joint");
    out->terms_over = db_i64(row, 0, "terms_over");
    out->members = db_i64(row, 0, "members");
    out->floating_members = db_i64(row, 0, "floating");
    out->settled_members = out->members - out->floating_members;
    out->units_covered = db_i64(row, 0, "units_covered");
    out->units_uncovered = db_i64(row, 0, "units_uncovered");
    out->units = out->units_covered + out->units_uncovered;
    out->operating_covered = db_i64(row, 0, "operating_covered");
    out->operating_single = db_i64(row, 0, "operating_single");
    out->operating_uncovered = db_i64(row, 0, "operating_uncovered");
    out->units_operating = out->operating_covered + out->operating_uncovered;
    return db_rows_status(row);
}

status_t
handle_summarize_organization(struct call *call, const SummarizeOrganizationRequest *in, Summary *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    date_t day;
    status_t st = read_day(call, in->as_of, &day);

    if (!st)
        st = figures_by_line(call, &id, day, &row);
    if (st)
        return st;
    out->organization_id = in->id;
    return figures_to_wire(call, row, day, out);
}

status_t
handle_summarize_region(struct call *call, const SummarizeRegionRequest *in, Summary *out)
{
    struct db_rows *row;
    date_t day;
    status_t st = read_day(call, in->as_of, &day);

    if (!st)
        st = figures_by_territory(call, in->code, day, &row);
    if (st)
        return st;
    out->region_code = in->code;
    return figures_to_wire(call, row, day, out);
}

status_t
handle_list_terms_over(struct call *call, const ListTermsOverRequest *in, OrganizationPage *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->id, in->limit, in->cursor, &page);

    if (!st)
        st = organization_terms(call, &id, DATE_NONE, call->today - 1, &page, &rows);
    return st ? st : organization_page(call, &page, rows, out);
}
