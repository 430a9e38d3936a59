/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts, their tokens, and what their roles may do (store_account.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_H

#include "io/db.h"

struct account {
    struct id id;
    const char *name;
    const char *role;
    struct id organization;
};

/* Columns id, role, organization_id, person_id, permissions (blank-separated). NOT_FOUND: unknown, revoked or locked.
 */
status_t account_of_token(struct db *db, struct arena *arena, struct slice hash, struct db_rows **ret_row);
/* Columns name, organization_name. */
status_t account_session(struct db *db, struct arena *arena, const struct id *account, struct db_rows **ret_row);
/* What must hold before a post is given: columns known_role, known_organization, may_appoint. Always one row. */
status_t account_facts(struct db *db, struct arena *arena, const struct account *account, const char *acting_role,
                       const struct id *scope, struct db_rows **ret_row);
void account_insert(struct db *db, const struct account *account, instant_t now);
void account_token_insert(struct db *db, const struct id *account, struct slice hash, instant_t now);
void account_tokens_revoke(struct db *db, const struct id *account, instant_t now);

extern const struct db_statement sql_account_of_token;
extern const struct db_statement sql_account_session;
extern const struct db_statement sql_account_facts;
extern const struct db_statement sql_account_insert;
extern const struct db_statement sql_account_token_insert;
extern const struct db_statement sql_account_tokens_revoke;

#endif
