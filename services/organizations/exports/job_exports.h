/* SPDX-License-Identifier: Apache-2.0 */
/* The job that makes exports. */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_JOB_EXPORTS_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_JOB_EXPORTS_H

#include "daemon/daemon.h"

/* Takes an export on, or adds a page to the one at work, or ends it. Other jobs have their turn in between. */
status_t job_exports(struct job_context *job, bool *ret_more);

#endif
