/* SPDX-License-Identifier: Apache-2.0 */
/* The five-clear ledger read: fields, one unit, its history, what is stale. On the worker's thread. */
#include "organizations/unit_facts/wire_fact.h"
#include "base/banned.h"

status_t
handle_list_unit_fields(struct call *call, const ListUnitFieldsRequest *in, UnitFieldList *out)
{
    struct db_rows *rows;
    status_t st = fact_field_list(call, &rows);

    (void)in;
    return st ? st : fields_to_wire(call, rows, out);
}

status_t
fact_sheet_answer(struct call *call, const struct id *unit, date_t as_of, UnitFactSheet *out)
{
    struct db_rows *found;
    struct db_rows *facts;
    struct db_rows *counted;
    status_t st = fact_unit_find(call, unit, &found);

    if (!st)
        st = fact_list(call, unit, as_of, &facts);
    if (!st)
        st = fact_count(call, unit, as_of, &counted);
    if (st)
        return st;
    out->id = wire_id_text(call->arena, unit);
    out->as_of = wire_day(call->arena, as_of);
    out->open_conflicts = db_i64(found, 0, "conflicts");
    out->version = db_i64(found, 0, "version");
    st = sheet_to_wire(call, facts, counted, out);
    return st ? st : db_rows_status(found);
}

status_t
handle_get_unit_facts(struct call *call, const GetUnitFactsRequest *in, UnitFactSheet *out)
{
    struct id id = wire_read_id(in->id);

    return fact_sheet_answer(call, &id, wire_day_or(in->as_of, call->today), out);
}

status_t
handle_list_unit_fact_history(struct call *call, const ListUnitFactHistoryRequest *in, UnitFactHistoryPage *out)
{
    struct id id = wire_read_id(in->id);
    const char *filter = arena_printf(call->arena, "%s|%s", in->id, in->field);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = fact_unit_find(call, &id, &rows);
    if (!st)
        st = fact_history_list(call, &id, in->field[0] ? in->field : NULL, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = unit_fact_entry_new(call->arena);
        out->items[i]->fact = unit_fact_new(call->arena);
        fact_to_wire(rows, (int)i, out->items[i]->fact);
        out->items[i]->at = wire_instant(call->arena, rows, (int)i, "at");
    }
    out->next_cursor = page_next(call, &page, rows, "seq");
    return db_rows_status(rows);
}

status_t
handle_list_stale_units(struct call *call, const ListStaleUnitsRequest *in, StaleUnitPage *out)
{
    const char *filter = arena_printf(call->arena, "%s|%s", in->group, in->stale_on);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = stale_list(call, in->group, wire_day_or(in->stale_on, call->today), &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        StaleUnit *item = stale_unit_new(call->arena);

        item->unit_id = wire_text(db_text(rows, (int)i, "unit_id"));
        item->code = wire_text(db_text(rows, (int)i, "code"));
        item->name = wire_text(db_text(rows, (int)i, "name"));
        item->reviewed_on = wire_text(db_text(rows, (int)i, "reviewed_on"));
        item->stale_since = wire_text(db_text(rows, (int)i, "stale_since"));
        out->items[i] = item;
    }
    out->next_cursor = page_next(call, &page, rows, "key");
    return db_rows_status(rows);
}
