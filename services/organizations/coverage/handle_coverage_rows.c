/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a figure, in pages by id. On the worker's thread, without a transaction. */
#include "organizations/coverage/store_coverage.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

/* What the six requests have in common. */
struct asked {
    struct coverage_place place;
    int measure;
    uint32_t limit;
    const char *cursor;
};

static status_t
open_rows(struct call *call, struct asked *asked, const char *as_of, struct page *ret_page)
{
    struct coverage_place *place = &asked->place;
    const char *filter = arena_printf(call->arena, "%s|%s|%d", place->region ? place->region : place->organization,
                                      as_of, asked->measure);
    bool pending;

    place->day = wire_day_or(as_of, call->today);
    if (place->day > call->today)
        return status_field(call->arena, PROBLEM_OUT_OF_RANGE, "/as_of");
    status_t st = coverage_scope(call, place, &pending);
    return st ? st : page_open(call, filter, asked->limit, asked->cursor, ret_page);
}

static void
unit_row_to_wire(struct db_rows *rows, int row, CoverageUnit *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->region_code = wire_text(db_text(rows, row, "region_code"));
    out->operating = db_bool(rows, row, "operating");
    out->staff = db_i64(rows, row, "staff");
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    if (!db_is_null(rows, row, "coverage_form")) {
        out->coverage_case = LIANGXIN__ORGANIZATIONS__V1__COVERAGE_UNIT__COVERAGE_COVERAGE_FORM;
        out->coverage_form = (EstablishForm)word_of_code(establish_forms, db_text(rows, row, "coverage_form"));
    }
}

static status_t
list_units(struct call *call, struct asked *asked, const char *as_of, CoverageUnitPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = open_rows(call, asked, as_of, &page);

    if (!st)
        st = coverage_units(call, &asked->place, &unit_measures[asked->measure], &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(CoverageUnit *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = coverage_unit_new(call->arena);
        unit_row_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_list_line_coverage_units(struct call *call, const LineCoverageUnitsRequest *in, CoverageUnitPage *out)
{
    struct asked asked = { { .organization = in->id }, (int)in->measure, in->limit, in->cursor };

    return list_units(call, &asked, in->as_of, out);
}

status_t
handle_list_region_coverage_units(struct call *call, const RegionCoverageUnitsRequest *in, CoverageUnitPage *out)
{
    struct asked asked = { { .region = in->code }, (int)in->measure, in->limit, in->cursor };

    return list_units(call, &asked, in->as_of, out);
}

static void
organization_row_to_wire(struct db_rows *rows, int row, CoverageOrganization *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->region_code = wire_text(db_text(rows, row, "region_code"));
    out->kind = (OrganizationKind)word_of_code(organization_kinds, db_text(rows, row, "kind"));
    out->members = db_i64(rows, row, "members");
    out->full_members = db_i64(rows, row, "full_members");
    out->units = db_i64(rows, row, "units");
    out->secretary = db_bool(rows, row, "secretary");
}

static status_t
list_organizations(struct call *call, struct asked *asked, const char *as_of, CoverageOrganizationPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = open_rows(call, asked, as_of, &page);

    if (!st)
        st = coverage_organizations(call, &asked->place, &organization_measures[asked->measure], &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(CoverageOrganization *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = coverage_organization_new(call->arena);
        organization_row_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

status_t
handle_list_line_coverage_organizations(struct call *call, const LineCoverageOrganizationsRequest *in,
                                        CoverageOrganizationPage *out)
{
    struct asked asked = { { .organization = in->id }, (int)in->measure, in->limit, in->cursor };

    return list_organizations(call, &asked, in->as_of, out);
}

status_t
handle_list_region_coverage_organizations(struct call *call, const RegionCoverageOrganizationsRequest *in,
                                          CoverageOrganizationPage *out)
{
    struct asked asked = { { .region = in->code }, (int)in->measure, in->limit, in->cursor };

    return list_organizations(call, &asked, in->as_of, out);
}
