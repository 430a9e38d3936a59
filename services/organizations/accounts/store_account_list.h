/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and roles as lists (store_account_list.c). */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_LIST_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_STORE_ACCOUNT_LIST_H

#include "organizations/posts/store_post.h"

/* Those with a post within the scope, now or once, by name; `name` "" or how it begins. Columns id, name, locked,
 * has_password, code_until (null: no code that still counts), logged_in_at, created_at. */
status_t account_list(struct call *call, const char *name, const struct page *page, struct db_rows **ret_rows);
/* Rows of posts (store_post.h) that these accounts hold now within the scope, by account. */
status_t account_list_posts(struct call *call, const struct id *accounts, size_t count, struct db_rows **ret_rows);
/* Columns name, rank, exclusion_group, permissions (blank-separated). */
status_t role_list(struct call *call, struct db_rows **ret_rows);

extern const struct db_statement sql_account_list;
extern const struct db_statement sql_account_list_posts;
extern const struct db_statement sql_role_list;

#endif
