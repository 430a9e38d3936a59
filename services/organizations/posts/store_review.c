/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of the review of posts. */
#include "organizations/posts/store_review.h"

#include "base/banned.h"

/* A post that nobody has signed for yet counts from the day it was given. */
const struct db_statement sql_review_list = {
    "review_list",
    "SELECT p.id, p.account_id, a.name AS account_name, p.role, p.organization_id, o.name AS organization_name,"
    "       p.since, p.until, p.deputy_of, a.locked_at IS NOT NULL AS locked, a.logged_in_at,"
    "       v.at AS reviewed_at, v.verdict, b.name AS reviewed_by, d.overdue"
    "  FROM account_post p JOIN account a ON a.id = p.account_id JOIN organization o ON o.id = p.organization_id"
    "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $1"
    "  LEFT JOIN LATERAL (SELECT * FROM post_review_history h WHERE h.post_id = p.id ORDER BY h.at DESC LIMIT 1) v"
    "         ON true"
    "  LEFT JOIN account b ON b.id = v.account_id"
    " CROSS JOIN LATERAL (SELECT coalesce((v.at AT TIME ZONE 'Asia/Shanghai')::date, p.since) <= $5::date AS overdue) d"
    " WHERE (p.until IS NULL OR p.until > $2) AND ($3::uuid IS NULL OR p.id > $3) AND (d.overdue OR NOT $6::boolean)"
    " ORDER BY p.id"
    " LIMIT $4::bigint + 1",
};

status_t
review_list(struct call *call, bool overdue, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, call->today);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit);
    db_arg_date(&args, call->today - REVIEW_DAYS);
    db_arg_bool(&args, overdue);
    return db_query(call->db, call->arena, &sql_review_list, &args, ret_rows);
}

const struct db_statement sql_review_facts = {
    "review_facts",
    "SELECT p.id, p.account_id, coalesce(p.until <= $2, false) AS over,"
    "       r.rank >= (SELECT rank FROM role WHERE name = $4) AS below"
    "  FROM account_post p JOIN role r ON r.name = p.role"
    "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $3"
    " WHERE p.id = ANY($1::uuid[])"
    " ORDER BY p.id"
    "   FOR NO KEY UPDATE OF p",
};

status_t
review_facts(struct call *call, const struct id *posts, size_t count, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, call->arena, posts, count);
    db_arg_date(&args, call->today);
    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, call->actor->role);
    return db_query(call->db, call->arena, &sql_review_facts, &args, ret_rows);
}

const struct db_statement sql_review_sign = {
    "review_sign",
    "INSERT INTO post_review_history (post_id, at, verdict, account_id, role)"
    " SELECT DISTINCT p.id, $2::timestamptz, $3, $4::uuid, $5 FROM unnest($1::uuid[]) AS p (id) ON CONFLICT DO NOTHING",
};

void
review_sign(struct call *call, const struct id *posts, size_t count, const char *verdict)
{
    struct db_args args = { 0 };

    db_arg_ids(&args, call->arena, posts, count);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, verdict);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_queue(call->db, &sql_review_sign, &args);
}
