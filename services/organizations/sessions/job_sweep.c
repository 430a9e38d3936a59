/* SPDX-License-Identifier: Apache-2.0 */
/* What log-ins leave behind. The jobs thread. */
#include "organizations/sessions/job_sweep.h"

#include "organizations/sessions/store_session.h"
#include "base/banned.h"

status_t
job_log_in_sweep(struct job_context *job, bool *ret_more)
{
    *ret_more = false;
    return log_in_sweep(job->db, job->arena, job->now);
}
