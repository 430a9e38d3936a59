/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of accounts. */
#include "organizations/accounts/store_account.h"

#include "organizations/posts/store_post.h"
#include "organizations/sessions/store_session.h"
#include "base/banned.h"

/* Posts of an account that hold on the day $n: since <= $n and not over. After a log-in with a one-time code a
 * password must be chosen and nothing else may be done. */
const struct db_statement sql_account_of_token = {
    "account_of_token",
    "SELECT a.id, a.person_id, p.role, p.organization_id, t.is_session, coalesce(t.seen_at < $3, false) AS stale,"
    "       " POST_OWN_ID " AS own_id,"
    "       (SELECT string_agg(r.permission, ' ' ORDER BY r.permission) FROM role_permission r WHERE r.role = "
    "p.role"
    "           AND (NOT t.by_code OR r.permission IN ('session.read', 'session.password'))) AS permissions"
    "  FROM (SELECT account_id, post_id, by_code, seen_at, true AS is_session FROM session"
    "         WHERE hash = $1 AND seen_at > $4 AND created_at > $5"
    "         UNION ALL"
    "        SELECT account_id, post_id, false, NULL, false FROM account_token WHERE hash = $1 AND revoked_at IS "
    "NULL) "
    "t"
    "  JOIN account a ON a.id = t.account_id AND a.locked_at IS NULL"
    "  JOIN account_post p ON p.id = t.post_id AND p.since <= $2 AND (p.until IS NULL OR p.until > $2)"
    "  JOIN role o ON o.name = p.role",
};

status_t
account_of_token(struct call *call, struct slice hash, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_arg_date(&args, call->today);
    db_arg_instant(&args, call->now - SESSION_TOUCH);
    db_arg_instant(&args, call->now - SESSION_IDLE);
    db_arg_instant(&args, call->now - SESSION_LIFE);
    return db_query_row(call->db, call->arena, &sql_account_of_token, &args, ret_row);
}

const struct db_statement sql_account_session = {
    "account_session",
    "SELECT a.name, o.name AS organization_name,"
    "       coalesce((SELECT by_code FROM session WHERE hash = $3), false) AS by_code"
    "  FROM account a JOIN organization o ON o.id = $2"
    " WHERE a.id = $1",
};

status_t
account_session(struct call *call, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &call->actor->account);
    db_arg_id(&args, &call->actor->organization);
    db_arg_bytes(&args, call->actor->session_hash);
    return db_query_row(call->db, call->arena, &sql_account_session, &args, ret_row);
}

/* A post appoints posts of its own rank and those after it. */
const struct db_statement sql_account_facts = {
    "account_facts",
    "SELECT r.name IS NOT NULL AS known_role, l.descendant IS NOT NULL AS known_organization,"
    "       coalesce(mine.rank <= r.rank, false) AS may_appoint"
    "  FROM (SELECT $1::text AS role, $2::uuid AS organization) wanted"
    "  LEFT JOIN role r ON r.name = wanted.role"
    "  LEFT JOIN role mine ON mine.name = $3"
    "  LEFT JOIN organization_line l ON l.descendant = wanted.organization AND l.ancestor = $4"
    "       AND NOT EXISTS (SELECT FROM organization o WHERE o.id = l.descendant AND o.dissolved_on IS NOT NULL)",
};

status_t
account_facts(struct call *call, const struct post *post, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_text(&args, post->role);
    db_arg_id(&args, &post->organization);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, &sql_account_facts, &args, ret_row);
}

/* Who holds any post above or elsewhere is not managed from here: his account is the way to that post too. */
const struct db_statement sql_account_managed = {
    "account_managed",
    "SELECT a.name, a.locked_at IS NOT NULL AS locked,"
    "       EXISTS (SELECT FROM account_post p JOIN organization_line l ON l.descendant = p.organization_id"
    "                WHERE p.account_id = a.id AND l.ancestor = $3) AS known,"
    "       NOT EXISTS (SELECT FROM account_post p JOIN role r ON r.name = p.role"
    "                     LEFT JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $3"
    "                    WHERE p.account_id = a.id AND (p.until IS NULL OR p.until > $4)"
    "                      AND (l.descendant IS NULL OR r.rank < (SELECT rank FROM role WHERE name = $2))) AS below"
    "  FROM account a"
    " WHERE a.id = $1"
    "   FOR NO KEY UPDATE OF a",
};

status_t
account_managed(struct call *call, const struct id *account, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, call_scope(call));
    db_arg_date(&args, call->today);
    return db_query_row(call->db, call->arena, &sql_account_managed, &args, ret_row);
}

const struct db_statement sql_account_insert = {
    "account_insert",
    "INSERT INTO account (id, name, created_at) VALUES ($1, $2, $3)",
};

void
account_insert(struct db *db, const struct id *account, const char *name, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_text(&args, name);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_insert, &args);
}

const struct db_statement sql_account_lock = {
    "account_lock",
    "UPDATE account SET locked_at = $2 WHERE id = $1 AND locked_at IS NULL",
};

void
account_lock(struct call *call, const struct id *account)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_account_lock, &args);
}

const struct db_statement sql_account_unlock = {
    "account_unlock",
    "UPDATE account SET locked_at = NULL WHERE id = $1",
};

void
account_unlock(struct call *call, const struct id *account)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_queue(call->db, &sql_account_unlock, &args);
}

const struct db_statement sql_account_reset = {
    "account_reset",
    "UPDATE account SET password = NULL, password_at = NULL, code_hash = $2, code_until = $3 WHERE id = $1",
};

void
account_reset(struct call *call, const struct id *account, struct slice code_hash, instant_t until)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_bytes(&args, code_hash);
    db_arg_instant(&args, until);
    db_queue(call->db, &sql_account_reset, &args);
}

const struct db_statement sql_account_set_password = {
    "account_set_password",
    "UPDATE account SET password = $2, password_at = $3, code_hash = NULL, code_until = NULL WHERE id = $1",
};

void
account_set_password(struct call *call, const struct id *account, const char *password)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_text(&args, password);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_account_set_password, &args);
}

const struct db_statement sql_account_logged_in = {
    "account_logged_in",
    "UPDATE account SET logged_in_at = $2 WHERE id = $1",
};

void
account_logged_in(struct call *call, const struct id *account)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_account_logged_in, &args);
}

const struct db_statement sql_account_token_insert = {
    "account_token_insert",
    "INSERT INTO account_token (hash, account_id, post_id, created_at) VALUES ($1, $2, $3, $4)",
};

void
account_token_insert(struct db *db, const struct id *account, const struct id *post, struct slice hash, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_arg_id(&args, account);
    db_arg_id(&args, post);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_token_insert, &args);
}

const struct db_statement sql_account_tokens_revoke = {
    "account_tokens_revoke",
    "UPDATE account_token SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL",
};

void
account_tokens_revoke(struct db *db, const struct id *account, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_instant(&args, now);
    db_queue(db, &sql_account_tokens_revoke, &args);
}
