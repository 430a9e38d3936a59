/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of posts, and their rows as messages. */
#include "organizations/posts/store_post.h"

#include "base/banned.h"

#define POST_COLUMNS                                                                                                   \
    "SELECT p.id, p.account_id, a.name AS account_name, p.role, p.organization_id, o.name AS organization_name,"       \
    "       p.since, p.until, p.deputy_of, a.locked_at IS NOT NULL AS locked, a.logged_in_at"
#define POST_TABLES                                                                                                    \
    "  FROM account_post p JOIN account a ON a.id = p.account_id JOIN organization o ON o.id = p.organization_id"

const struct db_statement sql_post_list_held = {
    "post_list_held",
    POST_COLUMNS POST_TABLES " WHERE p.account_id = $1 AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)"
                             " ORDER BY p.since, p.id",
};

status_t
post_list_held(struct call *call, const struct id *account, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_date(&args, call->today);
    return db_query(call->db, call->arena, &sql_post_list_held, &args, ret_rows);
}

const struct db_statement sql_post_find_held = {
    "post_find_held",
    POST_COLUMNS POST_TABLES
    " WHERE p.id = $3 AND p.account_id = $1 AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)",
};

status_t
post_find_held(struct call *call, const struct id *post, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &call->actor->account);
    db_arg_date(&args, call->today);
    db_arg_id(&args, post);
    return db_query_row(call->db, call->arena, &sql_post_find_held, &args, ret_row);
}

const struct db_statement sql_post_find_managed = {
    "post_find_managed",
    POST_COLUMNS ", coalesce(p.until <= $2, false) AS over" POST_TABLES
                 "  JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $3"
                 " WHERE p.id = $1"
                 "   FOR NO KEY UPDATE OF p",
};

status_t
post_find_managed(struct call *call, const struct id *post, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, post);
    db_arg_date(&args, call->today);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, &sql_post_find_managed, &args, ret_row);
}

const struct db_statement sql_account_post_insert = {
    "account_post_insert",
    "INSERT INTO account_post (id, account_id, role, organization_id, since, until, deputy_of)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)",
};

void
post_insert(struct db *db, const struct post *post)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &post->id);
    db_arg_id(&args, &post->account);
    db_arg_text(&args, post->role);
    db_arg_id(&args, &post->organization);
    db_arg_date(&args, post->since);
    db_arg_date(&args, post->until);
    db_arg_id(&args, id_is_nil(&post->deputy_of) ? NULL : &post->deputy_of);
    db_queue(db, &sql_account_post_insert, &args);
}

status_t
post_settle(struct call *call)
{
    static const struct {
        const char *constraint;
        enum problem_name problem;
    } rows[] = {
        { "account_post_once", PROBLEM_ALREADY_EXISTS },
        { "account_post_exclusion", PROBLEM_POSTS_EXCLUDE },
    };
    status_t st = db_flush(call->db, call->arena);

    for (size_t i = 0; st && i < sizeof rows / sizeof *rows; i++)
        if (db_violated(call->db, rows[i].constraint))
            return status_plain(rows[i].problem);
    return st;
}

const struct db_statement sql_account_post_end = {
    "account_post_end",
    "UPDATE account_post SET until = greatest(since, $2::date)"
    " WHERE (id = $1 OR deputy_of = $1) AND (until IS NULL OR until > $2)",
};

void
post_end(struct call *call, const struct id *post)
{
    struct db_args args = { 0 };

    db_arg_id(&args, post);
    db_arg_date(&args, call->today);
    db_queue(call->db, &sql_account_post_end, &args);
}

void
post_to_wire(struct arena *arena, struct db_rows *rows, int row, Post *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->account_id = wire_text(db_text(rows, row, "account_id"));
    out->account_name = wire_text(db_text(rows, row, "account_name"));
    out->role = wire_text(db_text(rows, row, "role"));
    out->organization_id = wire_text(db_text(rows, row, "organization_id"));
    out->organization_name = wire_text(db_text(rows, row, "organization_name"));
    out->since = wire_text(db_text(rows, row, "since"));
    out->deputy_of = wire_text(db_text(rows, row, "deputy_of"));
    out->account_locked = db_bool(rows, row, "locked");
    if (!db_is_null(rows, row, "until")) {
        out->end_case = LIANGXIN__ORGANIZATIONS__V1__POST__END_UNTIL;
        out->until = wire_text(db_text(rows, row, "until"));
    }
    if (!db_is_null(rows, row, "logged_in_at")) {
        out->last_case = LIANGXIN__ORGANIZATIONS__V1__POST__LAST_LAST_LOG_IN_AT;
        out->last_log_in_at = arena_alloc(arena, INSTANT_SIZE);
        instant_format(db_instant(rows, row, "logged_in_at"), out->last_log_in_at);
    }
}
