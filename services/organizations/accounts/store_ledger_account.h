/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts the ledger calls for, and many of them made at once (store_ledger_account.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_LEDGER_ACCOUNT_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_LEDGER_ACCOUNT_H

#include "organizations/wire.h"
#include "rpc/call.h"

/* One new post, with its account where the person has none. */
struct ledger_account {
    struct id post;
    struct id account;
    bool is_new;      /* the account */
    struct id person; /* nil: nobody is named */
    struct id organization;
    const char *role;
    const char *name;       /* of the account */
    struct slice code_hash; /* when new */
};

/* Waits until nobody else makes accounts from the ledger: two at once would give a post twice. */
void ledger_accounts_lock(struct call *call);
/* At least one row. Columns known (the organization lies within the scope), posts, filled, without_person; and of the
 * first `most` posts that are free: organization_id (null: there is none), code, name, role, person_id, person_name,
 * account_id (the person's, not locked; null: none), account_name (that one's, or a free one). */
status_t
ledger_accounts_find(struct call *call, const LedgerAccountsRequest *in, int64_t most, struct db_rows **ret_rows);
/* Accounts first, then their posts. */
void ledger_accounts_insert(struct call *call, const struct ledger_account *accounts, size_t count, instant_t until);

extern const struct db_statement sql_ledger_accounts_lock;
extern const struct db_statement sql_ledger_accounts_find;
extern const struct db_statement sql_ledger_accounts_insert;
extern const struct db_statement sql_ledger_posts_insert;

#endif
