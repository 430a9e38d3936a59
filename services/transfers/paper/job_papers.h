/* SPDX-License-Identifier: Apache-2.0 */
/* Jobs of paper: batches are drawn, documents that are over are removed, keys are written down. */
#ifndef LIANGXIN_TRANSFERS_PAPER_JOB_PAPERS_H
#define LIANGXIN_TRANSFERS_PAPER_JOB_PAPERS_H

#include "daemon/daemon.h"

/* Takes a batch on, or adds pages to the one at work, or ends it. */
status_t job_papers(struct job_context *job, bool *ret_more);
/* Removes documents whose time is over. */
status_t job_paper_sweep(struct job_context *job, bool *ret_more);

#endif
