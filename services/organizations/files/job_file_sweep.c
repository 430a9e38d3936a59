/* SPDX-License-Identifier: Apache-2.0 */
/* Retention of files. On the jobs thread; replicas skip each other's rows. */
#include "organizations/files/job_file_sweep.h"

#include "rpc/file_store.h"
#include "base/banned.h"

status_t
job_file_sweep(struct job_context *job, bool *ret_more)
{
    struct file_store store = { .db = job->db, .arena = job->arena, .now = job->now };
    int64_t removed = 0;
    status_t st;

    db_begin(job->db);
    st = file_expire(&store, &removed);
    if (!st)
        st = db_commit(job->db, job->arena);
    *ret_more = !st && removed > 0;
    return st;
}
