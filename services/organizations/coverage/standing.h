/* SPDX-License-Identifier: Apache-2.0 */
/* What the coverages count, kept a moment behind what it is counted from (job_coverage.c). */
#ifndef LIANGXIN_ORGANIZATIONS_COVERAGE_STANDING_H
#define LIANGXIN_ORGANIZATIONS_COVERAGE_STANDING_H

#include "daemon/daemon.h"

/* Counts anew what has changed, a thousand units and a thousand organizations a step. */
status_t job_coverage(struct job_context *job, bool *ret_more);

extern const struct db_statement sql_coverage_lock;
extern const struct db_statement sql_unit_standing_keep;
extern const struct db_statement sql_organization_standing_keep;

#endif
