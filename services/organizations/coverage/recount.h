/* SPDX-License-Identifier: Apache-2.0 */
/* The nightly recount: what the coverages count is held against a count of everything (job_coverage_recount.c). */
#ifndef LIANGXIN_ORGANIZATIONS_COVERAGE_RECOUNT_H
#define LIANGXIN_ORGANIZATIONS_COVERAGE_RECOUNT_H

#include "daemon/daemon.h"

/* Once for each day, from three in the morning on: 5,000 units or organizations a step. What is kept wrongly and waits
 * for no count is noted, told by a metric and counted anew by job_coverage. */
status_t job_coverage_recount(struct job_context *job, bool *ret_more);
/* Registers the metric; once, before threads start. */
void coverage_recount_metrics(void);
/* Differences found by this process. */
int64_t coverage_recount_found(void);

extern const struct db_statement sql_recount_begin;
extern const struct db_statement sql_recount_claim;
extern const struct db_statement sql_recount_units;
extern const struct db_statement sql_recount_organizations;
extern const struct db_statement sql_recount_advance;

#endif
