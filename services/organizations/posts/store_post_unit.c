/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of what narrowed posts refer to. Scope is judged in the statement that reads. */
#include "organizations/posts/store_post_unit.h"

#include "organizations/documents/record_scope.h"
#include "base/banned.h"

/* A unit is given by whom its place answers to; what the post has may stay. */
const struct db_statement sql_post_unit_facts = {
    "post_unit_facts",
    "SELECT r.reach = 'units' AS by_units, r.units_most,"
    "       (SELECT count(*) FROM unit u"
    "         WHERE u.id = ANY($4::uuid[])"
    "           AND (EXISTS (SELECT FROM record_place p WHERE p.record = 'unit' AND p.id = u.id AND " PLACE_WRITE ")"
    "                OR EXISTS (SELECT FROM post_unit w WHERE w.post_id = $2 AND w.unit_id = u.id"
    "                              AND w.until IS NULL))) AS within"
    "  FROM role r WHERE r.name = $3",
};

status_t
post_unit_facts(struct call *call, const struct post *post, const struct id *units, size_t count,
                struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &post->id);
    db_arg_text(&args, post->role);
    db_arg_ids(&args, call->arena, units, count);
    return db_query_row(call->db, call->arena, &sql_post_unit_facts, &args, ret_row);
}

const struct db_statement sql_post_units_end = {
    "post_units_end",
    "UPDATE post_unit SET until = $3 WHERE post_id = $1 AND until IS NULL AND unit_id <> ALL ($2::uuid[])",
};

const struct db_statement sql_post_units_begin = {
    "post_units_begin",
    "INSERT INTO post_unit (post_id, unit_id, since)"
    " SELECT $1, id, $3 FROM unnest($2::uuid[]) AS w (id)"
    " ON CONFLICT (post_id, unit_id) WHERE until IS NULL DO NOTHING",
};

void
post_units_set(struct call *call, const struct id *post, const struct id *units, size_t count)
{
    struct db_args args = { 0 };

    db_arg_id(&args, post);
    db_arg_ids(&args, call->arena, units, count);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_post_units_end, &args);
    db_queue(call->db, &sql_post_units_begin, &args);
}

const struct db_statement sql_post_units_pass = {
    "post_units_pass",
    "WITH ended AS (UPDATE post_unit SET until = $3 WHERE post_id = $1 AND until IS NULL RETURNING unit_id)"
    " INSERT INTO post_unit (post_id, unit_id, since) SELECT $2, unit_id, $3 FROM ended",
};

void
post_units_pass(struct call *call, const struct id *from, const struct id *to)
{
    struct db_args args = { 0 };

    db_arg_id(&args, from);
    db_arg_id(&args, to);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_post_units_pass, &args);
}

const struct db_statement sql_post_unit_list = {
    "post_unit_list",
    "SELECT u.id AS unit_id, u.code, u.name, w.since, w.until"
    "  FROM account_post p"
    "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $2"
    "  LEFT JOIN (post_unit w JOIN unit u ON u.id = w.unit_id) ON w.post_id = coalesce(p.deputy_of, p.id)"
    " WHERE p.id = $1"
    " ORDER BY w.until IS NOT NULL, u.code, w.since DESC"
    " LIMIT 500",
};

status_t
post_unit_list(struct call *call, const struct id *post, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, post);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, &sql_post_unit_list, &args, ret_rows);
}

const struct db_statement sql_account_person_facts = {
    "account_person_facts",
    "SELECT (SELECT person_id FROM account WHERE id = $2) AS linked_to,"
    "       EXISTS (SELECT FROM record_place p WHERE p.record = 'person' AND p.id = $3 AND " PLACE_WRITE ") AS known",
};

status_t
account_person_facts(struct call *call, const struct id *account, const struct id *person, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, account);
    db_arg_id(&args, person);
    return db_query_row(call->db, call->arena, &sql_account_person_facts, &args, ret_row);
}

const struct db_statement sql_account_link = {
    "account_link",
    "UPDATE account SET person_id = $2 WHERE id = $1",
};

const struct db_statement sql_account_link_posts = {
    "account_link_posts",
    "UPDATE account_post SET holder = $2 WHERE account_id = $1",
};

void
account_link(struct call *call, const struct id *account, const struct id *person)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_id(&args, person);
    db_queue(call->db, &sql_account_link, &args);
    db_queue(call->db, &sql_account_link_posts, &args);
}
