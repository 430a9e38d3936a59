/* SPDX-License-Identifier: Apache-2.0 */
/* Reads of anchors. Scope is judged in the statement that reads. On the worker's thread. */
#include "organizations/anchors/store_anchor.h"

#include "base/banned.h"

#define ANCHOR_COLUMNS                                                                                                 \
    "SELECT n.id, n.kind, n.name, n.region_code, n.address, n.organization_id, o.name AS organization_name, "          \
    "n.version,"                                                                                                       \
    "       (SELECT count(*) FROM anchor_unit w WHERE w.anchor_id = n.id AND w.until IS NULL) AS units"                \
    "  FROM anchor n LEFT JOIN organization o ON o.id = n.organization_id"

const struct db_statement sql_anchor_find = {
    "anchor_find",
    ANCHOR_COLUMNS " WHERE n.id = $2 AND " ANCHOR_REACHED,
};

status_t
anchor_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_anchor_find, &args, ret_row);
}

/* A name is found by any of those it had. */
const struct db_statement sql_anchor_list = {
    "anchor_list",
    ANCHOR_COLUMNS " WHERE " ANCHOR_REACHED " AND ($2::uuid IS NULL OR n.id > $2) AND ($4::text IS NULL OR n.kind = $4)"
                   "   AND ($5::text IS NULL OR EXISTS (SELECT FROM anchor_name k WHERE k.anchor_id = n.id"
                   "                                       AND position(anchor_key($5) IN k.name_key) > 0))"
                   " ORDER BY n.id LIMIT $3",
};

status_t
anchor_list(struct call *call, const char *kind, const char *search, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    db_arg_text(&args, kind);
    db_arg_text(&args, search[0] ? search : NULL);
    return db_query(call->db, call->arena, &sql_anchor_list, &args, ret_rows);
}

const struct db_statement sql_anchor_points = {
    "anchor_points",
    "SELECT name, address, telephone FROM anchor_point WHERE anchor_id = $1 ORDER BY no",
};

status_t
anchor_points(struct call *call, const struct id *id, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    return db_query(call->db, call->arena, &sql_anchor_points, &args, ret_rows);
}

const struct db_statement sql_anchor_persons = {
    "anchor_persons",
    "SELECT w.person_id, p.name, w.duty, w.since FROM anchor_person w JOIN person p ON p.id = w.person_id"
    " WHERE w.anchor_id = $1 AND w.until IS NULL ORDER BY w.duty DESC, w.since, w.person_id LIMIT 200",
};

status_t
anchor_persons(struct call *call, const struct id *id, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    return db_query(call->db, call->arena, &sql_anchor_persons, &args, ret_rows);
}

const struct db_statement sql_anchor_units = {
    "anchor_units",
    "SELECT u.id AS unit_id, u.code, u.name, o.name AS organization_name, w.since"
    "  FROM anchor_unit w JOIN unit u ON u.id = w.unit_id LEFT JOIN organization o ON o.id = u.organization_id"
    " WHERE w.anchor_id = $2 AND w.until IS NULL AND u.code > coalesce($3::text, '')"
    "   AND (EXISTS (SELECT FROM organization_scope s WHERE s.descendant = u.organization_id AND s.ancestor = $1)"
    "        OR (u.organization_id IS NULL AND EXISTS (SELECT FROM organization a WHERE a.id = $1"
    "              AND u.region_code >= coalesce(a.region_code, '')"
    "              AND u.region_code < coalesce(a.region_code, '') || ':')))"
    " ORDER BY u.code LIMIT $4",
};

status_t
anchor_units(struct call *call, const struct id *id, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_anchor_units, &args, ret_rows);
}
