/* SPDX-License-Identifier: Apache-2.0 */
/* An import that nobody committed ends as its file does (daemon/document_queue.c: document_sweep); what rows held
 * before an import is forgotten once it cannot be undone, for it names people. On the jobs thread. */
#include "organizations/imports/job_imports.h"
#include "organizations/imports/store_import.h"
#include "base/banned.h"

#define KEPT_DAYS 30
#define UNDO_DAYS 2
#define DAY       ((instant_t)86400 * 1000000)

status_t
job_import_sweep(struct job_context *job, bool *ret_more)
{
    int64_t swept = 0;
    status_t st;

    db_begin(job->db);
    st = import_sweep(job->db, job->arena, job->now - KEPT_DAYS * DAY, job->now - UNDO_DAYS * DAY, &swept);
    if (!st)
        st = db_commit(job->db, job->arena);
    *ret_more = !st && swept > 0;
    return st;
}
