/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the life of units. On the worker's thread, in its transaction. */
#include "organizations/units/store_unit_state.h"

#include "organizations/units/unit_scope.h"
#include "base/banned.h"

const struct db_statement sql_living_unit_lock = {
    "living_unit_lock",
    "SELECT s.code, s.version, s.business_state, m.id IS NOT NULL AS main_known,"
    "       m.id <> s.id AND m.business_state <> 'extra_licence' AS main_counts,"
    "       EXISTS (SELECT FROM unit e WHERE e.main_unit_id = s.id) AS is_main"
    "  FROM unit s"
    "  LEFT JOIN (SELECT u.id, u.business_state FROM unit u WHERE u.id = $3 AND " UNIT_WRITE ") m ON true"
    " WHERE s.id = (SELECT u.id FROM unit u WHERE u.id = $2 AND " UNIT_WRITE ")"
    "   FOR UPDATE OF s",
};

status_t
living_unit_lock(struct call *call, const struct id *unit, const struct id *main, struct living_unit *ret_unit)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    db_arg_id(&args, main);
    st = db_query_row(call->db, call->arena, &sql_living_unit_lock, &args, &row);
    if (st)
        return st;
    *ret_unit = (struct living_unit){ .id = *unit,
                                      .code = db_text(row, 0, "code"),
                                      .state = db_text(row, 0, "business_state"),
                                      .version = db_i64(row, 0, "version"),
                                      .facts = { .main_named = main != NULL,
                                                 .main_known = db_bool(row, 0, "main_known"),
                                                 .main_counts = db_bool(row, 0, "main_counts"),
                                                 .is_main = db_bool(row, 0, "is_main") } };
    return db_rows_status(row);
}

const struct db_statement sql_unit_state_insert = {
    "unit_state_insert",
    "INSERT INTO unit_state_history (unit_id, state, since, main_unit_id, reason, account_id, role, organization_id, "
    "at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
};

const struct db_statement sql_unit_main_set = {
    "unit_main_set",
    "UPDATE unit SET main_unit_id = $2 WHERE id = $1",
};

void
unit_state_add(struct call *call, const struct id *unit, const struct unit_state *state)
{
    struct db_args args = { 0 };
    struct db_args main = { 0 };

    db_arg_id(&args, unit);
    db_arg_text(&args, word_code(business_states, state->state));
    db_arg_date(&args, state->since);
    db_arg_id(&args, state->main);
    db_arg_text(&args, state->reason);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_unit_state_insert, &args);
    db_arg_id(&main, unit);
    db_arg_id(&main, state->main);
    db_queue(call->db, &sql_unit_main_set, &main);
}

/* The period in which the day lies goes on from it with the new state; */
const struct db_statement sql_unit_periods_cut = {
    "unit_periods_cut",
    "INSERT INTO unit_period (unit_id, since, until, region_code, business_state, organization_id, coverage_form)"
    " SELECT p.unit_id, $2::date, p.until, p.region_code, u.business_state, p.organization_id, p.coverage_form"
    "   FROM unit_period p JOIN unit u ON u.id = p.unit_id"
    "  WHERE p.unit_id = $1 AND p.since < $2::date AND (p.until IS NULL OR p.until > $2::date)"
    "    AND p.business_state <> u.business_state",
};

/* ... up to the day it is as it was; */
const struct db_statement sql_unit_periods_end = {
    "unit_periods_end",
    "UPDATE unit_period p SET until = $2::date"
    " WHERE p.unit_id = $1 AND p.since < $2::date AND (p.until IS NULL OR p.until > $2::date)"
    "   AND EXISTS (SELECT FROM unit_period n WHERE n.unit_id = p.unit_id AND n.since = $2::date)",
};

/* ... and those behind it have the new state. */
const struct db_statement sql_unit_periods_state = {
    "unit_periods_state",
    "UPDATE unit_period p SET business_state = u.business_state FROM unit u"
    " WHERE u.id = p.unit_id AND p.unit_id = $1 AND p.since >= $2::date AND p.business_state <> u.business_state",
};

void
unit_state_since(struct call *call, const struct id *unit, date_t since)
{
    static const struct db_statement *const steps[] = { &sql_unit_periods_cut, &sql_unit_periods_end,
                                                        &sql_unit_periods_state };
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    db_arg_date(&args, since);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        db_queue(call->db, steps[i], &args);
}

const struct db_statement sql_unit_touch = {
    "unit_touch",
    "UPDATE unit SET version = version + 1 WHERE id = $1",
};

void
unit_touch(struct call *call, const struct id *unit)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    db_queue(call->db, &sql_unit_touch, &args);
}

const struct db_statement sql_unit_state_list = {
    "unit_state_list",
    "SELECT h.state, h.since, h.main_unit_id, h.reason, h.at, h.role FROM unit_state_history h"
    " WHERE h.unit_id = $1 ORDER BY h.seq DESC LIMIT " PAGE_MOST,
};

status_t
unit_state_list(struct call *call, const struct id *unit, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    return db_query(call->db, call->arena, &sql_unit_state_list, &args, ret_rows);
}
