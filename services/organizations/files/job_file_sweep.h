/* SPDX-License-Identifier: Apache-2.0 */
/* Files that are over go: uploads that nothing used, exports, results of imports. */
#ifndef LIANGXIN_ORGANIZATIONS_FILES_JOB_FILE_SWEEP_H
#define LIANGXIN_ORGANIZATIONS_FILES_JOB_FILE_SWEEP_H

#include "daemon/daemon.h"

/* Removes a few files whose time is over. */
status_t job_file_sweep(struct job_context *job, bool *ret_more);

#endif
