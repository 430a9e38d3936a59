/* SPDX-License-Identifier: Apache-2.0 */
/* Reminders of letters on their way, before their validity ends. */
#ifndef LIANGXIN_TRANSFERS_JOB_REMIND_H
#define LIANGXIN_TRANSFERS_JOB_REMIND_H

#include "daemon/daemon.h"

status_t job_remind(struct job_context *job, bool *ret_more);

#endif
