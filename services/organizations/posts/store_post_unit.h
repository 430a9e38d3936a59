/* SPDX-License-Identifier: Apache-2.0 */
/* The units that posts refer to, and whose an account is (store_post_unit.c). */
#ifndef LIANGXIN_ORGANIZATIONS_POSTS_STORE_POST_UNIT_H
#define LIANGXIN_ORGANIZATIONS_POSTS_STORE_POST_UNIT_H

#include "organizations/accounts/store_account.h"

/* What must hold before a post is given these units: columns by_units (its role's reach is units), units_most (null:
 * any number), within (how many of them the actor may give, or the post has already). Always one row. */
status_t post_unit_facts(struct call *call, const struct post *post, const struct id *units, size_t count,
                         struct db_rows **ret_row);
/* From today on the post refers to these and no others. */
void post_units_set(struct call *call, const struct id *post, const struct id *units, size_t count);
/* From today on `to` refers to what `from` did. */
void post_units_pass(struct call *call, const struct id *from, const struct id *to);
/* Those of now and before: columns unit_id, code, name, since, until. NOT_FOUND: the post is not within the scope. */
status_t post_unit_list(struct call *call, const struct id *post, struct db_rows **ret_rows);

/* Columns known (a person within the actor's reach), linked_to (the account's person). Always one row. */
status_t
account_person_facts(struct call *call, const struct id *account, const struct id *person, struct db_rows **ret_row);
/* The person is whose the account is, and the holder of its posts. */
void account_link(struct call *call, const struct id *account, const struct id *person);

extern const struct db_statement sql_post_unit_facts;
extern const struct db_statement sql_post_units_end;
extern const struct db_statement sql_post_units_begin;
extern const struct db_statement sql_post_units_pass;
extern const struct db_statement sql_post_unit_list;
extern const struct db_statement sql_account_person_facts;
extern const struct db_statement sql_account_link;
extern const struct db_statement sql_account_link_posts;

#endif
