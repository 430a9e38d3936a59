/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of log-ins. */
#include "organizations/sessions/store_session.h"

#include "organizations/sessions/lockout.h"
#include "base/banned.h"

const struct db_statement sql_log_in_facts = {
    "log_in_facts",
    "SELECT f.failures, f.wait_until, a.id, a.password, a.locked_at IS NOT NULL AS locked, p.id AS post_id,"
    "       CASE WHEN a.code_until > $4 THEN a.code_hash END AS code_hash"
    "  FROM (SELECT $1::text AS name, $2::bytea AS key) asked"
    "  LEFT JOIN log_in_failure f ON f.key = asked.key"
    "  LEFT JOIN account a ON a.name = asked.name"
    "  LEFT JOIN LATERAL (SELECT id FROM account_post"
    "                      WHERE account_id = a.id AND since <= $3 AND (until IS NULL OR until > $3)"
    "                      ORDER BY since, id LIMIT 1) p ON true",
};

status_t
log_in_facts(struct call *call, const char *name, struct slice key, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_text(&args, name);
    db_arg_bytes(&args, key);
    db_arg_date(&args, call->today);
    db_arg_instant(&args, call->now);
    return db_query_row(call->db, call->arena, &sql_log_in_facts, &args, ret_row);
}

const struct db_statement sql_log_in_failed = {
    "log_in_failed",
    "INSERT INTO log_in_failure AS f (key, failures, at) VALUES ($1, 1, $2)"
    "    ON CONFLICT (key) DO UPDATE SET failures = CASE WHEN f.at < $3 THEN 1 ELSE f.failures + 1 END, at = $2"
    " RETURNING failures",
};

status_t
log_in_failed(struct call *call, struct slice key, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, key);
    db_arg_instant(&args, call->now);
    db_arg_instant(&args, call->now - LOCKOUT_FORGET);
    return db_query_row(call->db, call->arena, &sql_log_in_failed, &args, ret_row);
}

const struct db_statement sql_log_in_wait = {
    "log_in_wait",
    "UPDATE log_in_failure SET wait_until = $2 WHERE key = $1",
};

void
log_in_wait(struct call *call, struct slice key, instant_t until)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, key);
    db_arg_instant(&args, until);
    db_queue(call->db, &sql_log_in_wait, &args);
}

const struct db_statement sql_log_in_forgive = {
    "log_in_forgive",
    "DELETE FROM log_in_failure WHERE key = $1",
};

void
log_in_forgive(struct call *call, struct slice key)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, key);
    db_queue(call->db, &sql_log_in_forgive, &args);
}

const struct db_statement sql_log_in_sweep = {
    "log_in_sweep",
    "DELETE FROM log_in_failure WHERE at < $1",
};
const struct db_statement sql_session_sweep = {
    "session_sweep",
    "DELETE FROM session WHERE seen_at < $1 OR created_at < $2",
};

status_t
log_in_sweep(struct db *db, struct arena *arena, instant_t now)
{
    struct db_args failures = { 0 };
    struct db_args sessions = { 0 };

    db_arg_instant(&failures, now - LOCKOUT_FORGET);
    db_queue(db, &sql_log_in_sweep, &failures);
    db_arg_instant(&sessions, now - SESSION_IDLE);
    db_arg_instant(&sessions, now - SESSION_LIFE);
    db_queue(db, &sql_session_sweep, &sessions);
    return db_flush(db, arena);
}

/* Run again after a COMMIT without an answer it changes nothing. */
const struct db_statement sql_session_insert = {
    "session_insert",
    "INSERT INTO session (id, hash, account_id, post_id, by_code, created_at, seen_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING",
};

void
session_insert(struct call *call, const struct session *session)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &session->id);
    db_arg_bytes(&args, session->hash);
    db_arg_id(&args, &session->account);
    db_arg_id(&args, &session->post);
    db_arg_bool(&args, session->by_code);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_session_insert, &args);
}

const struct db_statement sql_session_limit = {
    "session_limit",
    "DELETE FROM session WHERE id IN"
    " (SELECT id FROM session WHERE account_id = $1 ORDER BY seen_at DESC, id DESC OFFSET $2::int)",
};

void
session_limit(struct call *call, const struct id *account)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_i64(&args, SESSION_MOST);
    db_queue(call->db, &sql_session_limit, &args);
}

const struct db_statement sql_session_touch = {
    "session_touch",
    "UPDATE session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2",
};

void
session_touch(struct db *db, struct slice hash, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_arg_instant(&args, now);
    db_queue(db, &sql_session_touch, &args);
}

const struct db_statement sql_session_switch = {
    "session_switch",
    "UPDATE session SET post_id = $2 WHERE hash = $1",
};
const struct db_statement sql_token_switch = {
    "token_switch",
    "UPDATE account_token SET post_id = $2 WHERE hash = $1",
};

void
session_switch(struct call *call, struct slice hash, const struct id *post)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_arg_id(&args, post);
    db_queue(call->db, &sql_session_switch, &args);
    db_queue(call->db, &sql_token_switch, &args);
}

const struct db_statement sql_session_clear = {
    "session_clear",
    "UPDATE session SET by_code = false WHERE hash = $1",
};

void
session_clear(struct call *call, struct slice hash)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    db_queue(call->db, &sql_session_clear, &args);
}

const struct db_statement sql_session_list = {
    "session_list",
    "SELECT id, created_at, seen_at, post_id, hash = $2 AS current FROM session"
    " WHERE account_id = $1 AND seen_at > $3 AND created_at > $4"
    " ORDER BY created_at DESC, id DESC",
};

status_t
session_list(struct call *call, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &call->actor->account);
    db_arg_bytes(&args, call->actor->session_hash);
    db_arg_instant(&args, call->now - SESSION_IDLE);
    db_arg_instant(&args, call->now - SESSION_LIFE);
    return db_query(call->db, call->arena, &sql_session_list, &args, ret_rows);
}

const struct db_statement sql_session_end = {
    "session_end",
    "DELETE FROM session WHERE hash = $1 RETURNING id",
};

status_t
session_end(struct call *call, struct slice hash, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_bytes(&args, hash);
    return db_query(call->db, call->arena, &sql_session_end, &args, ret_rows);
}

const struct db_statement sql_session_end_own = {
    "session_end_own",
    "DELETE FROM session WHERE id = $1 AND account_id = $2 RETURNING id",
};

status_t
session_end_own(struct call *call, const struct id *session, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, session);
    db_arg_id(&args, &call->actor->account);
    return db_query(call->db, call->arena, &sql_session_end_own, &args, ret_rows);
}

const struct db_statement sql_session_end_all = {
    "session_end_all",
    "DELETE FROM session WHERE account_id = $1 AND hash <> $2 RETURNING id",
};

status_t
session_end_all(struct call *call, const struct id *account, struct slice keep, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, account);
    db_arg_bytes(&args, keep);
    return db_query(call->db, call->arena, &sql_session_end_all, &args, ret_rows);
}

const struct db_statement sql_session_end_post = {
    "session_end_post",
    "DELETE FROM session WHERE post_id IN (SELECT id FROM account_post WHERE id = $1 OR deputy_of = $1)",
};

void
session_end_post(struct call *call, const struct id *post)
{
    struct db_args args = { 0 };

    db_arg_id(&args, post);
    db_queue(call->db, &sql_session_end_post, &args);
}
