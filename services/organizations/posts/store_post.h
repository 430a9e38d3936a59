/* SPDX-License-Identifier: Apache-2.0 */
/* Posts of accounts (store_post.c). */
#ifndef LIANGXIN_ORGANIZATIONS_POSTS_STORE_POST_H
#define LIANGXIN_ORGANIZATIONS_POSTS_STORE_POST_H

#include "organizations/accounts/store_account.h"
#include "rpc/page.h"
#include "organizations/wire.h"

/* What a narrowed post is found by (post p of account a with role o): see `role.reach`. Null: its organization. */
#define POST_OWN_ID                                                                                                    \
    "CASE o.reach WHEN 'person' THEN coalesce(a.person_id, p.id) WHEN 'units' THEN coalesce(p.deputy_of, p.id) END"

/* Rows of posts: columns id, account_id, account_name, role, organization_id, organization_name, since, until,
 * deputy_of, locked, logged_in_at. */

/* Those that an account holds now, in the order it was given them. */
status_t post_list_held(struct call *call, const struct id *account, struct db_rows **ret_rows);
/* One that the actor holds now. NOT_FOUND: does not. */
status_t post_find_held(struct call *call, const struct id *post, struct db_rows **ret_row);
/* One within the scope, locked, with column over besides. NOT_FOUND: there is none. */
status_t post_find_managed(struct call *call, const struct id *post, struct db_rows **ret_row);

void post_insert(struct db *db, const struct post *post);
/* Runs what is queued and tells what of posts that exclude one another. */
status_t post_settle(struct call *call);
/* The post and its deputies' are over from today on. */
void post_end(struct call *call, const struct id *post);

void post_to_wire(struct arena *arena, struct db_rows *rows, int row, Post *out);

extern const struct db_statement sql_post_list_held;
extern const struct db_statement sql_post_find_held;
extern const struct db_statement sql_post_find_managed;
extern const struct db_statement sql_account_post_insert;
extern const struct db_statement sql_account_post_end;

#endif
