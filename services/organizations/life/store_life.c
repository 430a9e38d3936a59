/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the history of organizations. */
#include "organizations/life/store_life.h"

#include "base/banned.h"

const struct word life_events[] = {
    { "成立", "founded" },       { "更名", "renamed" },
    { "换届", "term_renewed" },  { "并入", "absorbed" },
    { "规范", "standardised" },  { "项目延期", "project_extended" },
    { "转为常设", "converted" }, { "合并", "merged" },
    { "撤销", "dissolved" },     { 0 },
};

const struct db_statement sql_life_add = {
    "life_add",
    "INSERT INTO organization_life_history (organization_id, version, event, on_day, former, present, other_id, basis,"
    "                                       reason, at, account_id, role, acting_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
};

void
life_add(struct call *call, const struct life_step *step)
{
    struct db_args args = { 0 };

    db_arg_id(&args, step->organization);
    db_arg_i64(&args, step->version);
    db_arg_text(&args, word_code(life_events, (int)step->event));
    db_arg_date(&args, step->on);
    db_arg_text(&args, step->former);
    db_arg_text(&args, step->present);
    db_arg_id(&args, step->other);
    db_arg_text(&args, step->basis);
    db_arg_text(&args, step->reason);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_queue(call->db, &sql_life_add, &args);
}

const struct db_statement sql_names_keep = {
    "names_keep",
    "INSERT INTO organization_name_history (organization_id, version, name, until)"
    " SELECT o.id, o.version + 1, o.name, $2::date"
    "   FROM jsonb_to_recordset($1::jsonb) AS r (id uuid, name text) JOIN organization o ON o.id = r.id"
    "  WHERE o.name <> r.name",
};

void
names_keep(struct db *db, const char *rows, date_t day)
{
    struct db_args args = { 0 };

    db_arg_text(&args, rows);
    db_arg_date(&args, day);
    db_queue(db, &sql_names_keep, &args);
}

const struct db_statement sql_organization_rename = {
    "organization_rename",
    "UPDATE organization SET name = $2 WHERE id = $1",
};

void
name_write(struct db *db, const struct id *organization, const char *name)
{
    struct db_args args = { 0 };

    db_arg_id(&args, organization);
    db_arg_text(&args, name);
    db_queue(db, &sql_organization_rename, &args);
}

const struct db_statement sql_names_last = {
    "names_last",
    "SELECT max(until) AS until FROM organization_name_history WHERE organization_id = $1",
};

status_t
names_last(struct call *call, const struct id *organization, date_t *ret_until)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, organization);
    st = db_query_row(call->db, call->arena, &sql_names_last, &args, &row);
    if (st)
        return st;
    *ret_until = db_date(row, 0, "until");
    return db_rows_status(row);
}

/* A row without an event: within the scope, but without history. */
const struct db_statement sql_life_list = {
    "life_list",
    "SELECT h.event, h.on_day, h.former, h.present, h.other_id, o.name AS other_name, h.basis, h.reason, h.at, h.role"
    "  FROM organization_scope s"
    "  LEFT JOIN organization_life_history h ON h.organization_id = s.descendant"
    "  LEFT JOIN organization o ON o.id = h.other_id"
    " WHERE s.descendant = $2 AND s.ancestor = $1"
    " ORDER BY h.version DESC",
};

const struct db_statement sql_names_list = {
    "names_list",
    "SELECT n.name, n.until FROM organization_name_history n"
    "  JOIN organization_scope s ON s.descendant = n.organization_id AND s.ancestor = $1"
    " WHERE n.organization_id = $2"
    " ORDER BY n.version DESC",
};

static status_t
list(struct call *call, const struct db_statement *statement, const struct id *organization, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    return db_query(call->db, call->arena, statement, &args, ret_rows);
}

status_t
life_list(struct call *call, const struct id *organization, struct db_rows **ret_rows)
{
    status_t st = list(call, &sql_life_list, organization, ret_rows);

    if (st)
        return st;
    return db_count(*ret_rows) ? OK : status_plain(PROBLEM_NOT_FOUND);
}

status_t
names_list(struct call *call, const struct id *organization, struct db_rows **ret_rows)
{
    return list(call, &sql_names_list, organization, ret_rows);
}
