/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the lists of accounts and roles. Scope is judged in the statement that reads. */
#include "organizations/accounts/store_account_list.h"

#include "organizations/scope_breadth.h"
#include "base/banned.h"

#define MATCHES "a.name > coalesce($2::text, '') AND starts_with(a.name, $3)"

/* A narrow line's accounts are gathered from its posts; for a wide one names are walked and each probed. A name may
 * have been made of its organization's code, so that those of a district stand together. */
const struct db_statement sql_account_list = {
    "account_list",
    WITH_BREADTH_BY_CODE(
        "$1") " near AS MATERIALIZED (SELECT DISTINCT a.id, a.name FROM top JOIN organization_line l ON l.ancestor = "
              "top.id"
              "   CROSS JOIN LATERAL (SELECT x.account_id FROM account_post x WHERE x.organization_id = l.descendant "
              "OFFSET 0) p"
              "   CROSS JOIN LATERAL (SELECT x.id, x.name FROM account x WHERE x.id = p.account_id OFFSET 0) a"
              "  WHERE (SELECT narrow FROM line) AND " MATCHES "),"
              " found AS ((SELECT id, name FROM near ORDER BY name LIMIT " PAGE_MOST ")"
              "  UNION ALL (SELECT a.id, a.name FROM account a"
              "   WHERE NOT (SELECT narrow FROM line) AND " MATCHES
              "     AND (SELECT true FROM account_post p WHERE p.account_id = a.id AND " IN_LINE(
                  "p.organization_id") " LIMIT 1)"
                                       "   ORDER BY a.name LIMIT " PAGE_MOST "))"
                                       " SELECT a.id, a.name, a.locked_at IS NOT NULL AS locked, a.password IS NOT "
                                       "NULL AS has_password,"
                                       "        CASE WHEN a.code_until > $5 THEN a.code_until END AS code_until, "
                                       "a.logged_in_at, a.created_at"
                                       "   FROM found f JOIN account a ON a.id = f.id"
                                       "  ORDER BY f.name"
                                       "  LIMIT $4::bigint + 1",
};

status_t
account_list(struct call *call, const char *name, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, page->after);
    db_arg_text(&args, name);
    db_arg_i64(&args, page->limit);
    db_arg_instant(&args, call->now);
    return db_query(call->db, call->arena, &sql_account_list, &args, ret_rows);
}

const struct db_statement sql_account_list_posts = {
    "account_list_posts",
    "SELECT p.id, p.account_id, a.name AS account_name, p.role, p.organization_id, o.name AS organization_name,"
    "       p.since, p.until, p.deputy_of, a.locked_at IS NOT NULL AS locked, a.logged_in_at"
    "  FROM account_post p JOIN account a ON a.id = p.account_id JOIN organization o ON o.id = p.organization_id"
    "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $2"
    " WHERE p.account_id = ANY($1::uuid[]) AND p.since <= $3 AND (p.until IS NULL OR p.until > $3)"
    " ORDER BY p.account_id, p.since, p.id",
};

status_t
account_list_posts(struct call *call, const struct id *accounts, size_t count, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, call->arena, accounts, count);
    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, call->today);
    return db_query(call->db, call->arena, &sql_account_list_posts, &args, ret_rows);
}

const struct db_statement sql_role_list = {
    "role_list",
    "SELECT r.name, r.rank, r.exclusion_group, r.reach,"
    "       (SELECT string_agg(p.permission, ' ' ORDER BY p.permission) FROM role_permission p WHERE p.role = r.name)"
    "       AS permissions"
    "  FROM role r"
    " ORDER BY r.rank, r.name",
};

status_t
role_list(struct call *call, struct db_rows **ret_rows)
{
    return db_query(call->db, call->arena, &sql_role_list, NULL, ret_rows);
}
