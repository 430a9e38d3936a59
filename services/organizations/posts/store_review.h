/* SPDX-License-Identifier: Apache-2.0 */
/* The quarterly review of posts (季度核查): what is held, and who has signed for it (store_review.c). */
#ifndef LIANGXIN_ORGANIZATIONS_POSTS_STORE_REVIEW_H
#define LIANGXIN_ORGANIZATIONS_POSTS_STORE_REVIEW_H

#include "organizations/posts/store_post.h"

#define REVIEW_DAYS 90 /* not signed for as long: overdue */

/* Rows of posts within the scope that are not over, by id; columns reviewed_at, verdict, reviewed_by, overdue besides
 * those of a post. `overdue`: only such. */
status_t review_list(struct call *call, bool overdue, const struct page *page, struct db_rows **ret_rows);
/* Locks those of the posts that lie within the scope, by id: columns id, account_id, over, below (of the actor's rank
 * or after it). */
status_t review_facts(struct call *call, const struct id *posts, size_t count, struct db_rows **ret_rows);
/* `verdict`: "kept", "to_end". */
void review_sign(struct call *call, const struct id *posts, size_t count, const char *verdict);

extern const struct db_statement sql_review_list;
extern const struct db_statement sql_review_facts;
extern const struct db_statement sql_review_sign;

#endif
