/* SPDX-License-Identifier: Apache-2.0 */
/* The jobs that work imports off: rows (job_import_rows.c), after their commit bases (job_import_bases.c), in the end
 * what is kept of it (job_import_sweep.c). */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_JOB_IMPORTS_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_JOB_IMPORTS_H

#include "daemon/daemon.h"

/* One dry run, or some chunks of a commit or of an undoing. */
status_t job_import_rows(struct job_context *job, bool *ret_more);
/* Tells dues the bases of one chunk. */
status_t job_import_bases(struct job_context *job, bool *ret_more);
/* Makes one annotated file. */
status_t job_import_annotate(struct job_context *job, bool *ret_more);
/* Ends what nobody committed, forgets what cannot be undone any more. */
status_t job_import_sweep(struct job_context *job, bool *ret_more);

#endif
