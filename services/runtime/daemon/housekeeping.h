/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs that every service has: stored answers go after 7 days, months of growing tables are made ahead. */
#ifndef LIANGXIN_DAEMON_HOUSEKEEPING_H
#define LIANGXIN_DAEMON_HOUSEKEEPING_H

#include "daemon/daemon.h"

/* Deletes a batch of answers older than IDEMPOTENCY_DAYS. */
status_t housekeeping_forget_answers(struct job_context *job, bool *ret_more);
/* Makes the partitions of the next months (migrations/shared/001_runtime.sql: extend_partitions). */
status_t housekeeping_extend_partitions(struct job_context *job, bool *ret_more);

/* For --print-sql and the test of every statement; ends with NULL. */
extern const struct db_statement *const housekeeping_statements[];

#endif
