/* SPDX-License-Identifier: Apache-2.0 */
/* Batches of sheets in the database: for the API and for the job that draws them. */
#ifndef LIANGXIN_TRANSFERS_PAPER_STORE_BATCH_H
#define LIANGXIN_TRANSFERS_PAPER_STORE_BATCH_H

#include "daemon/daemon.h"
#include "rpc/call.h"
#include "rpc/file_store.h"
#include "transfers/paper/kind.h"

/* What a batch becomes: of the type PDF, kept for a week. */
extern const struct file_purpose paper_purposes[];

/* Rows of all three have the columns of an answer. */
status_t batch_insert(struct call *call, const struct id *id, const struct paper_kind *kind, size_t total,
                      struct db_rows **ret_row);
/* One's own. NOT_FOUND otherwise. */
status_t batch_find(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Ends it where it is; one that is over stays as it is. */
status_t batch_cancel(struct call *call, const struct id *id, struct db_rows **ret_row);

/* What the job works on. */
struct batch_claim {
    struct id id;
    struct id worker; /* whose claim it is: another one may take over after a while */
    struct actor actor;
    struct id request;
    const struct paper_kind *kind;
    date_t asked_on;
};

/* The one that has waited longest, or whose worker is gone. NOT_FOUND when there is none. */
status_t batch_claim(struct job_context *job, struct batch_claim *ret_claim);
/* NOT_FOUND when the claim is over: cancelled, or somebody else's. */
status_t batch_advance(struct job_context *job, const struct batch_claim *claim, int done);
/* Queue the end. */
void batch_succeeded(struct job_context *job, const struct batch_claim *claim, const struct id *file);
void batch_failed(struct job_context *job, const struct batch_claim *claim, const char *problem);

extern const struct db_statement sql_batch_insert, sql_batch_find, sql_batch_cancel, sql_batch_claim, sql_batch_advance,
    sql_batch_succeeded, sql_batch_failed;

#endif
