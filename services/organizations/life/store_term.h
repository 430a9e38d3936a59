/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of terms of office (任期). The worker's thread; the write within its transaction. */
#ifndef LIANGXIN_ORGANIZATIONS_LIFE_STORE_TERM_H
#define LIANGXIN_ORGANIZATIONS_LIFE_STORE_TERM_H

#include "rpc/call.h"

/* The last day of the present term; DATE_NONE: none is said. */
status_t term_read(struct call *call, const struct id *organization, date_t *ret_ends_on);
/* Queued; the version is related_tell's. */
void term_write(struct call *call, const struct id *organization, date_t ends_on);
extern const struct db_statement sql_term_read;
extern const struct db_statement sql_term_write;

#endif
