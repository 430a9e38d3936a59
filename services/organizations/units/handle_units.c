/* SPDX-License-Identifier: Apache-2.0 */
/* Units read: one, and pages by code. On the worker's thread. */
#include "organizations/units/store_unit.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

static void
unit_to_wire(struct db_rows *rows, int row, Unit *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->kind = (UnitKind)word_of_code(unit_kinds, db_text(rows, row, "kind"));
    out->trade = wire_text(db_text(rows, row, "trade"));
    out->region_code = wire_text(db_text(rows, row, "region_code"));
    out->place = wire_text(db_text(rows, row, "place"));
    out->business_state = (BusinessState)word_of_code(business_states, db_text(rows, row, "business_state"));
    out->staff = db_i64(rows, row, "staff");
    out->owner_name = wire_text(db_text(rows, row, "owner_name"));
    out->owner_is_member = db_bool(rows, row, "owner_is_member");
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    if (!db_is_null(rows, row, "coverage_form")) {
        out->coverage_case = LIANGXIN__ORGANIZATIONS__V1__UNIT__COVERAGE_COVERAGE_FORM;
        out->coverage_form = (EstablishForm)word_of_code(establish_forms, db_text(rows, row, "coverage_form"));
    }
    out->instructor_name = wire_text(db_text(rows, row, "instructor_name"));
    out->version = db_i64(rows, row, "version");
    out->main_unit_id = wire_text(db_text(rows, row, "main_unit_id"));
}

status_t
unit_answer(struct call *call, const struct id *id, Unit *out)
{
    struct db_rows *row;
    status_t st = unit_find(call, id, &row);

    if (st)
        return st;
    unit_to_wire(row, 0, out);
    return db_rows_status(row);
}

status_t
handle_get_unit(struct call *call, const UnitId *in, Unit *out)
{
    struct id id = wire_read_id(in->id);

    return unit_answer(call, &id, out);
}

status_t
handle_list_units(struct call *call, const ListUnitsRequest *in, UnitPage *out)
{
    const char *filter = arena_printf(call->arena, "%s|%s", in->code, in->organization_id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = unit_list(call, in->code, in->organization_id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Unit *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = unit_new(call->arena);
        unit_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "code");
    return db_rows_status(rows);
}
