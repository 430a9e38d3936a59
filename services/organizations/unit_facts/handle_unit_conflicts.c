/* SPDX-License-Identifier: Apache-2.0 */
/* Conflicts listed and decided. On the worker's thread, commands in their transaction. */
#include "organizations/unit_facts/fact_write.h"
#include "organizations/unit_facts/wire_fact.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define SAME(value, code) _Static_assert((int)(value) == (int)LIANGXIN__ORGANIZATIONS__V1__##code, #code)
SAME(CONFLICT_UNKNOWN, UNIT_CONFLICT_KIND__UNIT_CONFLICT_KIND_UNKNOWN);
SAME(CONFLICT_REPLACED, UNIT_CONFLICT_STATE__UNIT_CONFLICT_STATE_REPLACED);

static void
conflict_to_wire(struct call *call, struct db_rows *rows, int row, UnitConflict *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->kind = (UnitConflictKind)word_of_code(conflict_kinds, db_text(rows, row, "kind"));
    out->state = (UnitConflictState)word_of_code(conflict_states, db_text(rows, row, "state"));
    out->unit_id = wire_text(db_text(rows, row, "unit_id"));
    out->unit_code = wire_text(db_text(rows, row, "unit_code"));
    out->unit_name = wire_text(db_text(rows, row, "unit_name"));
    out->field = wire_text(db_text(rows, row, "field"));
    out->held = wire_text(db_text(rows, row, "held"));
    out->held_as_of = wire_text(db_text(rows, row, "held_as_of"));
    if (!db_is_null(rows, row, "held_source")) {
        out->held_from_case = LIANGXIN__ORGANIZATIONS__V1__UNIT_CONFLICT__HELD_FROM_HELD_SOURCE;
        out->held_source = (FactSource)word_of_code(fact_sources, db_text(rows, row, "held_source"));
    }
    out->offered = wire_text(db_text(rows, row, "offered"));
    out->as_of = wire_text(db_text(rows, row, "as_of"));
    out->source = (FactSource)word_of_code(fact_sources, db_text(rows, row, "source"));
    out->offered_as = wire_text(db_text(rows, row, "offered_role"));
    out->offered_at = wire_instant(call->arena, rows, row, "offered_at");
    out->decided_as = wire_text(db_text(rows, row, "decided_role"));
    out->decided_at = wire_instant(call->arena, rows, row, "decided_at");
    out->reason = wire_text(db_text(rows, row, "reason"));
}

status_t
handle_list_unit_conflicts(struct call *call, const ListUnitConflictsRequest *in, UnitConflictPage *out)
{
    struct conflict_filter filter = { .state = in->in_state_case ? (enum conflict_state)in->state : CONFLICT_OPEN,
                                      .kind = in->of_kind_case ? (enum conflict_kind)in->kind : 0,
                                      .unit = in->unit_id };
    const char *words = arena_printf(call->arena, "%d|%d|%s", (int)filter.state, (int)filter.kind, filter.unit);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, words, in->limit, in->cursor, &page);

    if (!st)
        st = conflict_list(call, &filter, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = unit_conflict_new(call->arena);
        conflict_to_wire(call, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "id");
    return db_rows_status(rows);
}

/* The value holds from now on, and of no older day than what it takes the place of. */
static status_t
take_field(struct call *call, const struct conflict *conflict)
{
    struct fact_stamp stamp = conflict->stamp;
    struct fact_change change = { .value = conflict->offered, .outcome = FACT_WRITTEN };
    struct fact_sheet sheet;
    status_t st = fact_sheet_open(call, &conflict->unit, &sheet);

    if (st)
        return st;
    change.fact = fact_find(&sheet, conflict->field);
    if (fact_judge(&change.fact->held, change.value, stamp.source, true) == FACT_SAME)
        change.outcome = FACT_SAME;
    if (change.fact->held.as_of > stamp.as_of)
        stamp.as_of = change.fact->held.as_of;
    return fact_write(call, &sheet, &change, 1, &stamp);
}

status_t
handle_decide_unit_conflict(struct call *call, const DecideUnitConflictRequest *in, UnitConflict *out)
{
    bool takes = in->verdict == LIANGXIN__ORGANIZATIONS__V1__CONFLICT_VERDICT__CONFLICT_VERDICT_TAKE;
    struct id id = wire_read_id(in->id);
    struct conflict conflict;
    struct db_rows *row;
    status_t st = conflict_lock(call, &id, &conflict);

    if (!st && conflict.state != CONFLICT_OPEN)
        st = status_plain(PROBLEM_CONFLICT_DECIDED);
    if (st)
        return st;
    conflict_decide(call, &conflict, NULL, takes ? CONFLICT_TAKEN : CONFLICT_KEPT, in->reason);
    if (takes)
        st = take_field(call, &conflict);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "unit_conflict",
                                           .id = &conflict.id,
                                           .after = slice_of(takes ? "taken" : "kept"),
                                           .reason = in->reason });
    st = conflict_find(call, &id, &row);
    if (st)
        return st;
    conflict_to_wire(call, row, 0, out);
    return db_rows_status(row);
}
