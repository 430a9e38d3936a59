/* SPDX-License-Identifier: Apache-2.0 */
/* The job that forgets log-ins that are over and refusals of yesterday. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_JOB_SWEEP_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_JOB_SWEEP_H

#include "daemon/daemon.h"

status_t job_log_in_sweep(struct job_context *job, bool *ret_more);

#endif
