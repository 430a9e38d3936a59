/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of relations and powers, of any day. Scope is judged in the statement that reads. */
#include "organizations/relations/store_relation.h"

#include "base/banned.h"

/* A row without a kind: within the scope, but without relations. */
const struct db_statement sql_relation_list = {
    "relation_list",
    "SELECT r.kind, r.superior_id, p.name AS superior_name, r.scope, r.since, r.until, r.basis, r.end_basis"
    "  FROM organization_scope s"
    "  LEFT JOIN relation r ON r.organization_id = s.descendant"
    "                      AND ($3::date IS NULL OR (r.since <= $3 AND (r.until IS NULL OR r.until > $3)))"
    "  LEFT JOIN organization p ON p.id = r.superior_id"
    " WHERE s.descendant = $2 AND s.ancestor = $1"
    " ORDER BY r.kind <> 'line', r.kind, r.since DESC, r.until DESC, r.superior_id",
};

static status_t
found(status_t st, struct db_rows *rows)
{
    if (st)
        return st;
    return db_count(rows) ? OK : status_plain(PROBLEM_NOT_FOUND);
}

status_t
relation_list(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, as_of);
    st = db_query(call->db, call->arena, &sql_relation_list, &args, ret_rows);
    return st ? st : found(st, *ret_rows);
}

const struct db_statement sql_approval_list = {
    "approval_list",
    "SELECT a.since, a.until, a.basis, a.end_basis"
    "  FROM organization_scope s"
    "  LEFT JOIN approval_power a ON a.organization_id = s.descendant"
    " WHERE s.descendant = $2 AND s.ancestor = $1"
    " ORDER BY a.since DESC, a.until DESC",
};

status_t
approval_list(struct call *call, const struct id *organization, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    st = db_query(call->db, call->arena, &sql_approval_list, &args, ret_rows);
    return st ? st : found(st, *ret_rows);
}

/* Up the line as it was on that day; 64 levels are more than any city has. */
const struct db_statement sql_issuer_find = {
    "issuer_find",
    "WITH RECURSIVE up AS ("
    "    SELECT s.descendant AS id, 0 AS depth FROM organization_scope s WHERE s.descendant = $2 AND s.ancestor = $1"
    "    UNION ALL"
    "    SELECT r.superior_id, up.depth + 1 FROM up"
    "      JOIN relation r ON r.organization_id = up.id AND r.kind = 'line' AND r.since <= $3"
    "                     AND (r.until IS NULL OR r.until > $3)"
    "     WHERE up.depth < 64),"
    " holder AS (SELECT up.id, o.name, a.since FROM up"
    "              JOIN approval_power a ON a.organization_id = up.id AND a.since <= $3"
    "                                   AND (a.until IS NULL OR a.until > $3)"
    "              JOIN organization o ON o.id = up.id"
    "             ORDER BY up.depth LIMIT 1)"
    " SELECT h.id, h.name, h.since FROM up LEFT JOIN holder h ON true WHERE up.depth = 0",
};

status_t
issuer_find(struct call *call, const struct id *organization, date_t as_of, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_date(&args, as_of);
    return db_query_row(call->db, call->arena, &sql_issuer_find, &args, ret_row);
}
