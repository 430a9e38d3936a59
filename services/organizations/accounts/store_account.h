/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts, programs' tokens, and who may manage whom (store_account.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_H

#include "io/db.h"
#include "rpc/call.h"

struct post {
    struct id id;
    struct id account;
    const char *role;
    struct id organization;
    date_t since;
    date_t until;        /* DATE_NONE: no end is known */
    struct id deputy_of; /* nil: nobody's deputy */
};

/* Whom a token makes act, a log-in's or a program's: columns id, person_id, role, organization_id, own_id (null: the
 * post reaches a line), permissions (blank-separated), is_session, stale (seen more than a minute ago). NOT_FOUND:
 * unknown, over, locked, its post over.
 */
status_t account_of_token(struct call *call, struct slice hash, struct db_rows **ret_row);
/* Columns name, organization_name, by_code, of the acting account. */
status_t account_session(struct call *call, struct db_rows **ret_row);
/* What must hold before a post is given: columns known_role, known_organization, may_appoint. Always one row. */
status_t account_facts(struct call *call, const struct post *post, struct db_rows **ret_row);
/* Locks an account that is to be managed: columns name, locked, known (it has or had a post within the scope), below
 * (all its posts are within the scope and of the actor's rank or after it). NOT_FOUND: there is none. */
status_t account_managed(struct call *call, const struct id *account, struct db_rows **ret_row);

void account_insert(struct db *db, const struct id *account, const char *name, instant_t now);
void account_lock(struct call *call, const struct id *account);
void account_unlock(struct call *call, const struct id *account);
/* No password any more; a code until then. */
void account_reset(struct call *call, const struct id *account, struct slice code_hash, instant_t until);
void account_set_password(struct call *call, const struct id *account, const char *password);
void account_logged_in(struct call *call, const struct id *account);

void
account_token_insert(struct db *db, const struct id *account, const struct id *post, struct slice hash, instant_t now);
void account_tokens_revoke(struct db *db, const struct id *account, instant_t now);

extern const struct db_statement sql_account_of_token;
extern const struct db_statement sql_account_session;
extern const struct db_statement sql_account_facts;
extern const struct db_statement sql_account_managed;
extern const struct db_statement sql_account_insert;
extern const struct db_statement sql_account_lock;
extern const struct db_statement sql_account_unlock;
extern const struct db_statement sql_account_reset;
extern const struct db_statement sql_account_set_password;
extern const struct db_statement sql_account_logged_in;
extern const struct db_statement sql_account_token_insert;
extern const struct db_statement sql_account_tokens_revoke;

#endif
