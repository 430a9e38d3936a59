/* SPDX-License-Identifier: Apache-2.0 */
/* Who may manage whom: within the scope, one's own rank and those after it. Outside the scope nobody exists. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_MANAGE_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_MANAGE_H

#include "organizations/accounts/store_account.h"

/* NOT_FOUND, BAD_VALUE or DENIED unless the actor may give this post. */
status_t manage_may_appoint(struct call *call, const struct post *post);
/* Locks the account: NOT_FOUND, OWN_ACCOUNT, or DENIED when one of its posts lies above or elsewhere. */
status_t manage_account(struct call *call, const struct id *account, struct db_rows **ret_row);
/* Locks an account that is to be given a post: it need only be known within the scope and not be locked. `pointer`: the
 * field that names it. */
status_t manage_appointee(struct call *call, const struct id *account, const char *pointer);
/* Locks a post that is to be changed: NOT_FOUND, POST_OVER, or DENIED when the actor may not give it. `ret_post` is
 * what it is, with today as its first day. */
status_t manage_post(struct call *call, const struct id *id, struct post *ret_post);

#endif
