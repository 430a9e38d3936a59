/* SPDX-License-Identifier: Apache-2.0 */
/* What has come to its end is told, each thing once: an import that has succeeded or failed, a post that is over. The
 * mark and the event are one transaction. */
#ifndef LIANGXIN_ORGANIZATIONS_WORK_JOB_ENDS_H
#define LIANGXIN_ORGANIZATIONS_WORK_JOB_ENDS_H

#include "daemon/daemon.h"

status_t job_ends(struct job_context *job, bool *ret_more);

extern const struct db_statement sql_imports_ended;
extern const struct db_statement sql_posts_ended;

#endif
