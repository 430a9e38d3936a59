/* SPDX-License-Identifier: Apache-2.0 */
/* Batches' rows. A batch is its owner's alone; its sheets were judged when it was asked for. */
#include "transfers/paper/store_batch.h"
#include "base/banned.h"

#define LEASE         ((instant_t)60 * 1000000) /* a worker that says nothing for so long is gone */
#define BATCH_MOST    ((int64_t)64 * 1024 * 1024)
#define BATCH_DAYS    7
#define BATCH_COLUMNS "id, kind, state, total, done, file_id, problem, created_at"

const struct file_purpose paper_purposes[] = {
    { "paper", MEDIA_BIT(MEDIA_PDF), BATCH_MOST, BATCH_DAYS },
    { 0 },
};

const struct db_statement sql_batch_insert = {
    "batch_insert",
    "INSERT INTO paper_batch (id, account_id, role, organization_id, request_id, kind, state, total, created_at,"
    "                         worked_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $8) RETURNING " BATCH_COLUMNS,
};

status_t
batch_insert(struct call *call, const struct id *id, const struct paper_kind *kind, size_t total,
             struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, &call->request->id);
    db_arg_text(&args, kind->code);
    db_arg_i64(&args, (int64_t)total);
    db_arg_instant(&args, call->now);
    return db_query_row(call->db, call->arena, &sql_batch_insert, &args, ret_row);
}

static status_t
one(struct call *call, const struct db_statement *statement, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    return db_query_row(call->db, call->arena, statement, &args, ret_row);
}

const struct db_statement sql_batch_find = {
    "batch_find",
    "SELECT " BATCH_COLUMNS " FROM paper_batch WHERE id = $1 AND account_id = $2",
};

status_t
batch_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return one(call, &sql_batch_find, id, ret_row);
}

const struct db_statement sql_batch_cancel = {
    "batch_cancel",
    "UPDATE paper_batch SET state = CASE WHEN state IN ('queued', 'running') THEN 'cancelled' ELSE state END"
    " WHERE id = $1 AND account_id = $2 RETURNING " BATCH_COLUMNS,
};

status_t
batch_cancel(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return one(call, &sql_batch_cancel, id, ret_row);
}

const struct db_statement sql_batch_claim = {
    "batch_claim",
    "UPDATE paper_batch SET state = 'running', worker = $1, done = 0, worked_at = $2"
    " WHERE id = (SELECT id FROM paper_batch WHERE state = 'queued' OR (state = 'running' AND worked_at < $3)"
    "              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id, account_id, role, organization_id, request_id, kind, created_at",
};

status_t
batch_claim(struct job_context *job, struct batch_claim *ret_claim)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &ret_claim->worker);
    db_arg_instant(&args, job->now);
    db_arg_instant(&args, job->now - LEASE);
    st = db_query_row(job->db, job->arena, &sql_batch_claim, &args, &row);
    if (st)
        return st;
    ret_claim->id = db_id(row, 0, "id");
    ret_claim->actor = (struct actor){ .account = db_id(row, 0, "account_id"),
                                       .role = db_text(row, 0, "role"),
                                       .organization = db_id(row, 0, "organization_id") };
    ret_claim->request = db_id(row, 0, "request_id");
    ret_claim->kind = paper_kind_find(db_text(row, 0, "kind"));
    ret_claim->asked_on = instant_date(db_instant(row, 0, "created_at"));
    return db_rows_status(row);
}

const struct db_statement sql_batch_advance = {
    "batch_advance",
    "UPDATE paper_batch SET done = $3, worked_at = $4 WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING id",
};

status_t
batch_advance(struct job_context *job, const struct batch_claim *claim, int done)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, &claim->id);
    db_arg_id(&args, &claim->worker);
    db_arg_i64(&args, done);
    db_arg_instant(&args, job->now);
    return db_query_row(job->db, job->arena, &sql_batch_advance, &args, &row);
}

const struct db_statement sql_batch_succeeded = {
    "batch_succeeded",
    "UPDATE paper_batch SET state = 'succeeded', file_id = $2 WHERE id = $1",
};

void
batch_succeeded(struct job_context *job, const struct batch_claim *claim, const struct id *file)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_id(&args, file);
    db_queue(job->db, &sql_batch_succeeded, &args);
}

const struct db_statement sql_batch_failed = {
    "batch_failed",
    "UPDATE paper_batch SET state = 'failed', problem = $2 WHERE id = $1 AND state = 'running'",
};

void
batch_failed(struct job_context *job, const struct batch_claim *claim, const char *problem)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_text(&args, problem);
    db_queue(job->db, &sql_batch_failed, &args);
}
