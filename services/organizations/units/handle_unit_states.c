/* SPDX-License-Identifier: Apache-2.0 */
/* The life of units: states recorded and read. On the worker's thread, commands in their transaction. */
#include "organizations/units/store_unit.h"
#include "organizations/units/store_unit_state.h"
#include "organizations/units/unit_form.h"
#include "rpc/audit.h"
#include "base/banned.h"

static status_t
expect_seen(struct call *call, const struct living_unit *unit)
{
    const struct change change = { "/state", unit->state };
    struct comparison comparison = { .version = unit->version, .n_changes = 1 };

    if (!call_expect_version(call, unit->version))
        return OK;
    comparison.changes = arena_copy(call->arena, &change, sizeof change);
    return status_stale(call->arena, &comparison);
}

/* The ledger's row follows; where it has the state already, only the day or the main unit is otherwise. */
static status_t
write_state(struct call *call, const struct living_unit *unit, const struct unit_state *state)
{
    EditUnitRequest *form = edit_unit_request_new(call->arena);
    status_t st = OK;

    unit_state_add(call, &unit->id, state);
    form->set_state_case = LIANGXIN__ORGANIZATIONS__V1__EDIT_UNIT_REQUEST__SET_STATE_BUSINESS_STATE;
    form->business_state = (BusinessState)state->state;
    if (strcmp(unit->state, word_code(business_states, state->state)) == 0)
        unit_touch(call, &unit->id);
    else
        st = unit_form_edit(call, unit->code, form, NULL, DATE_NONE);
    if (st)
        return st;
    unit_state_since(call, &unit->id, state->since);
    return OK;
}

static void
note(struct call *call, const struct living_unit *unit, const struct unit_state *state)
{
    char since[DATE_SIZE];

    date_format(state->since, since);
    audit_add(call, &(struct audit_entry){ .object = "unit_state",
                                           .id = &unit->id,
                                           .before = slice_of(unit->state),
                                           .after = slice_of(arena_printf(
                                               call->arena, "%s|%s", word_code(business_states, state->state), since)),
                                           .reason = state->reason });
}

status_t
handle_record_unit_state(struct call *call, const RecordUnitStateRequest *in, Unit *out)
{
    struct id id = wire_read_id(in->id);
    struct id main = in->main_unit_id[0] ? wire_read_id(in->main_unit_id) : (struct id){ 0 };
    struct unit_state state = { .state = (int)in->state,
                                .since = wire_day_or(in->since, call->today),
                                .main = in->main_unit_id[0] ? &main : NULL,
                                .reason = in->reason[0] ? in->reason : NULL };
    struct living_unit unit;
    status_t st;

    st = living_unit_lock(call, &id, state.main, &unit);
    if (!st)
        st = expect_seen(call, &unit);
    if (!st)
        st = unit_state_judge(call->arena, state.state, &unit.facts, state.since, call->today);
    if (!st)
        st = write_state(call, &unit, &state);
    if (st)
        return st;
    note(call, &unit, &state);
    return unit_answer(call, &id, out);
}

static void
entry_to_wire(struct call *call, struct db_rows *rows, int row, UnitStateEntry *out)
{
    out->state = (BusinessState)word_of_code(business_states, db_text(rows, row, "state"));
    out->since = wire_text(db_text(rows, row, "since"));
    out->main_unit_id = wire_text(db_text(rows, row, "main_unit_id"));
    out->reason = wire_text(db_text(rows, row, "reason"));
    out->recorded_at = wire_instant(call->arena, rows, row, "at");
    out->recorded_as = wire_text(db_text(rows, row, "role"));
}

status_t
handle_list_unit_states(struct call *call, const UnitId *in, UnitStateList *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *rows;
    status_t st = unit_find(call, &id, &rows);

    if (!st)
        st = unit_state_list(call, &id, &rows);
    if (st)
        return st;
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof *out->items);
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = unit_state_entry_new(call->arena);
        entry_to_wire(call, rows, (int)i, out->items[i]);
    }
    return db_rows_status(rows);
}
