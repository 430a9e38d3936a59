/* SPDX-License-Identifier: Apache-2.0 */
/* `liangxin-organizations --bootstrap`: the root organization and the first account, for nobody is there who could ask
 * the API. Run again it changes nothing; when the token's file is gone it gives that account a new token. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_BOOTSTRAP_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_BOOTSTRAP_H

#include "base/arena.h"
#include "base/status.h"

/* struct service.command. */
bool bootstrap_command(const char *word, struct arena *arena, const char *dsn, void *state, status_t *ret_status);

extern const struct db_statement sql_bootstrap_lock;
extern const struct db_statement sql_bootstrap_account;
extern const struct db_statement sql_account_count;

#endif
