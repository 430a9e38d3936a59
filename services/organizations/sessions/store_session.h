/* SPDX-License-Identifier: Apache-2.0 */
/* Log-ins, and refused ones (store_session.c). */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_STORE_SESSION_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_STORE_SESSION_H

#include "io/db.h"
#include "rpc/call.h"

#define SESSION_MINUTE ((instant_t)60 * 1000000)
#define SESSION_IDLE   (30 * SESSION_MINUTE)  /* without use */
#define SESSION_LIFE   (720 * SESSION_MINUTE) /* at most */
#define SESSION_TOUCH  SESSION_MINUTE         /* the grain of "seen": a write a minute while it is used */
#define SESSION_MOST   10                     /* of an account; the one used longest ago ends first */

struct session {
    struct id id;
    struct slice hash;
    struct id account;
    struct id post;
    bool by_code;
};

/* What a log-in is judged by, always one row: columns failures, wait_until (of the key); id, password, code_hash,
 * post_id, locked (null when there is no such account; code_hash is null when it is over). */
status_t log_in_facts(struct call *call, const char *name, struct slice key, struct db_rows **ret_row);
/* Counts a refusal; column failures. */
status_t log_in_failed(struct call *call, struct slice key, struct db_rows **ret_row);
void log_in_wait(struct call *call, struct slice key, instant_t until);
void log_in_forgive(struct call *call, struct slice key);
/* Forgets refusals and log-ins that do not count any more. */
status_t log_in_sweep(struct db *db, struct arena *arena, instant_t now);

void session_insert(struct call *call, const struct session *session);
/* Ends those of the account beyond SESSION_MOST. */
void session_limit(struct call *call, const struct id *account);
void session_touch(struct db *db, struct slice hash, instant_t now);
/* The log-in and the token of this hash act in another post. */
void session_switch(struct call *call, struct slice hash, const struct id *post);
/* A password was chosen. */
void session_clear(struct call *call, struct slice hash);
/* Columns id, created_at, seen_at, post_id, current. */
status_t session_list(struct call *call, struct db_rows **ret_rows);
/* These give one row for each log-in that ended, column id. */
status_t session_end(struct call *call, struct slice hash, struct db_rows **ret_rows);
status_t session_end_own(struct call *call, const struct id *session, struct db_rows **ret_rows);
/* All of the account but the one of `keep` (empty: all). */
status_t session_end_all(struct call *call, const struct id *account, struct slice keep, struct db_rows **ret_rows);
/* Those that act in this post or in one of its deputies'. */
void session_end_post(struct call *call, const struct id *post);

extern const struct db_statement sql_log_in_facts;
extern const struct db_statement sql_log_in_failed;
extern const struct db_statement sql_log_in_wait;
extern const struct db_statement sql_log_in_forgive;
extern const struct db_statement sql_log_in_sweep;
extern const struct db_statement sql_session_sweep;
extern const struct db_statement sql_session_insert;
extern const struct db_statement sql_session_limit;
extern const struct db_statement sql_session_touch;
extern const struct db_statement sql_session_switch;
extern const struct db_statement sql_token_switch;
extern const struct db_statement sql_session_clear;
extern const struct db_statement sql_session_list;
extern const struct db_statement sql_session_end;
extern const struct db_statement sql_session_end_own;
extern const struct db_statement sql_session_end_all;
extern const struct db_statement sql_session_end_post;

#endif
