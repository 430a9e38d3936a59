/* SPDX-License-Identifier: Apache-2.0 */
/* Exports' rows. An export is its owner's alone; what it may hold is judged again with every page. */
#include "organizations/exports/store_export.h"

#include "base/banned.h"

#define LEASE          ((instant_t)120 * 1000000) /* a worker that says nothing for so long is gone */
#define EXPORT_COLUMNS "id, ledger, format, state, done, file_id, problem, created_at"

const struct db_statement sql_export_insert = {
    "export_insert",
    "INSERT INTO export (id, account_id, role, organization_id, request_id, ledger, format, target_id, reason, state,"
    "                    created_at, worked_at, own_id)"
    " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10, $10, $11"
    "  WHERE ($11::uuid IS NULL AND EXISTS (SELECT FROM organization_scope l"
    "                                        WHERE l.descendant = coalesce($8::uuid, $4) AND l.ancestor = $4))"
    "     OR ($11::uuid IS NOT NULL AND $8::uuid IS NULL)"
    " RETURNING " EXPORT_COLUMNS,
};

status_t
export_insert(struct call *call, const struct export_draft *draft, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &draft->id);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, &call->request->id);
    db_arg_text(&args, draft->ledger);
    db_arg_text(&args, draft->format);
    db_arg_text(&args, draft->target);
    db_arg_text(&args, draft->reason);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, id_is_nil(&call->actor->own) ? NULL : &call->actor->own);
    return db_query_row(call->db, call->arena, &sql_export_insert, &args, ret_row);
}

static status_t
one(struct call *call, const struct db_statement *statement, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    return db_query_row(call->db, call->arena, statement, &args, ret_row);
}

const struct db_statement sql_export_find = {
    "export_find",
    "SELECT " EXPORT_COLUMNS " FROM export WHERE id = $1 AND account_id = $2",
};

status_t
export_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return one(call, &sql_export_find, id, ret_row);
}

const struct db_statement sql_export_cancel = {
    "export_cancel",
    "UPDATE export SET state = CASE WHEN state IN ('queued', 'running') THEN 'cancelled' ELSE state END"
    " WHERE id = $1 AND account_id = $2 RETURNING " EXPORT_COLUMNS,
};

status_t
export_cancel(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return one(call, &sql_export_cancel, id, ret_row);
}

const struct db_statement sql_export_claim = {
    "export_claim",
    "UPDATE export SET state = 'running', worker = $1, done = 0, worked_at = $2"
    " WHERE id = (SELECT id FROM export WHERE state = 'queued' OR (state = 'running' AND worked_at < $3)"
    "              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id, account_id, role, organization_id, own_id, request_id, ledger, format, target_id, reason",
};

status_t
export_claim(struct job_context *job, struct export_claim *ret_claim)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &ret_claim->worker);
    db_arg_instant(&args, job->now);
    db_arg_instant(&args, job->now - LEASE);
    st = db_query_row(job->db, job->arena, &sql_export_claim, &args, &row);
    if (st)
        return st;
    ret_claim->id = db_id(row, 0, "id");
    ret_claim->actor = (struct actor){ .account = db_id(row, 0, "account_id"),
                                       .role = db_text(row, 0, "role"),
                                       .organization = db_id(row, 0, "organization_id"),
                                       .own = db_id(row, 0, "own_id") };
    ret_claim->request = db_id(row, 0, "request_id");
    ret_claim->ledger = db_text(row, 0, "ledger");
    ret_claim->format = db_text(row, 0, "format");
    ret_claim->target = db_text(row, 0, "target_id");
    ret_claim->reveal = !db_is_null(row, 0, "reason");
    return db_rows_status(row);
}

const struct db_statement sql_export_advance = {
    "export_advance",
    "UPDATE export SET done = $3, worked_at = $4 WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING id",
};

status_t
export_advance(struct job_context *job, const struct export_claim *claim, int64_t done)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, &claim->id);
    db_arg_id(&args, &claim->worker);
    db_arg_i64(&args, done);
    db_arg_instant(&args, job->now);
    return db_query_row(job->db, job->arena, &sql_export_advance, &args, &row);
}

const struct db_statement sql_export_succeeded = {
    "export_succeeded",
    "UPDATE export SET state = 'succeeded', file_id = $2 WHERE id = $1",
};

void
export_succeeded(struct job_context *job, const struct export_claim *claim, const struct id *file)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_id(&args, file);
    db_queue(job->db, &sql_export_succeeded, &args);
}

const struct db_statement sql_export_failed = {
    "export_failed",
    "UPDATE export SET state = 'failed', problem = $2 WHERE id = $1 AND state = 'running'",
};

void
export_failed(struct job_context *job, const struct export_claim *claim, const char *problem)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_text(&args, problem);
    db_queue(job->db, &sql_export_failed, &args);
}
