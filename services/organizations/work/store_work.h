/* SPDX-License-Identifier: Apache-2.0 */
/* What waits in organizations, of several kinds in one list (store_work.c). */
#ifndef LIANGXIN_ORGANIZATIONS_WORK_STORE_WORK_H
#define LIANGXIN_ORGANIZATIONS_WORK_STORE_WORK_H

#include <liangxin/organizations/v1/organizations.handlers.h>

#include "rpc/work.h"

#define POST_ENDS_DAYS 30 /* before a post's end its administrator is to decide (续任或移交) */

/* Rows with columns kind, id, number, subject, state, next_event, since, due_on, count, key: those of the box behind
 * `after`, by key, at most `limit`. */
status_t open_work_list(struct call *call, WorkBox box, uint32_t days, const char *after, int64_t limit,
                        struct db_rows **ret_rows);
/* How many items; stops at WORK_COUNT_LIMIT. */
status_t open_work_count(struct call *call, WorkBox box, uint32_t days, uint32_t *ret_count);

extern const struct db_statement sql_open_work_list;
extern const struct db_statement sql_open_work_count;

#endif
