/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of mass organizations. On the worker's thread, commands in their transaction. */
#include "organizations/talks/store_mass_organization.h"

#include "io/clock.h"
#include "organizations/units/unit_scope.h"
#include "base/banned.h"

const struct word mass_organization_kinds[] = {
    { "工会", "union" },
    { "共青团", "league" },
    { "妇联", "women" },
    { 0 },
};

const struct db_statement sql_mass_organization_facts = {
    "mass_organization_facts",
    "SELECT m.id, m.since, (SELECT max(e.until) FROM mass_organization e"
    "                        WHERE e.unit_id = s.id AND e.kind = $3 AND e.until IS NOT NULL) AS over_on"
    "  FROM unit s LEFT JOIN mass_organization m ON m.unit_id = s.id AND m.kind = $3 AND m.until IS NULL"
    " WHERE s.id = (SELECT u.id FROM unit u WHERE u.id = $2 AND " UNIT_WRITE ") FOR UPDATE OF s",
};

status_t
mass_organization_facts(struct call *call, const struct id *unit, int kind, struct mass_organization_facts *ret_facts)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, unit);
    db_arg_text(&args, word_code(mass_organization_kinds, kind));
    st = db_query_row(call->db, call->arena, &sql_mass_organization_facts, &args, &row);
    if (st)
        return st;
    *ret_facts = (struct mass_organization_facts){ .stands = !db_is_null(row, 0, "id"),
                                                   .id = db_id(row, 0, "id"),
                                                   .since = db_date(row, 0, "since"),
                                                   .over_on = db_date(row, 0, "over_on") };
    return db_rows_status(row);
}

const struct db_statement sql_mass_organization_begin = {
    "mass_organization_begin",
    "INSERT INTO mass_organization (id, unit_id, kind, since) VALUES ($1, $2, $3, $4)",
};

void
mass_organization_begin(struct call *call, const struct id *unit, int kind, date_t since, struct id *ret_id)
{
    struct db_args args = { 0 };

    *ret_id = clock_id();
    db_arg_id(&args, ret_id);
    db_arg_id(&args, unit);
    db_arg_text(&args, word_code(mass_organization_kinds, kind));
    db_arg_date(&args, since);
    db_queue(call->db, &sql_mass_organization_begin, &args);
}

const struct db_statement sql_mass_organization_end = {
    "mass_organization_end",
    "UPDATE mass_organization SET until = $2 WHERE id = $1",
};

void
mass_organization_end(struct call *call, const struct id *id, date_t until)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_date(&args, until);
    db_queue(call->db, &sql_mass_organization_end, &args);
}

const struct db_statement sql_mass_organization_list = {
    "mass_organization_list",
    "SELECT id, kind, since, until FROM mass_organization WHERE unit_id = $1 ORDER BY since DESC, kind "
    "LIMIT " PAGE_MOST,
};

status_t
mass_organization_list(struct call *call, const struct id *unit, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, unit);
    return db_query(call->db, call->arena, &sql_mass_organization_list, &args, ret_rows);
}
