/* SPDX-License-Identifier: Apache-2.0 */
/* The making of documents. The jobs thread, which owns the one at work: its arena and what its kind keeps there. */
#include "daemon/document_queue.h"

#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define LEASE      ((instant_t)120 * 1000000)        /* a worker that says nothing for so long is gone */
#define KNOWN      ((instant_t)90 * 86400 * 1000000) /* how long one may look up what became of it */
#define WORK_LIMIT ((size_t)2 * 1024 * 1024)

struct document_at_work {
    struct arena *arena;
    struct document_claim claim;
    struct document_progress progress;
    void *work; /* the kind's */
};

static void
drop(struct document_queue *queue)
{
    struct document_at_work *at_work = queue->at_work;

    if (!at_work)
        return;
    if (at_work->work)
        at_work->claim.kind->drop(at_work->work);
    arena_free(at_work->arena);
    free(at_work);
    queue->at_work = NULL;
}

/* --- taking on ----------------------------------------------------------------------------------------------------
 */

/* The one that has waited longest, or whose worker is gone; one that failed too often is given up. The open ones are an
 * index of their own, which stays small and in order whatever the planner thinks of the table. */
const struct db_statement sql_document_job_claim = {
    "document_job_claim",
    "UPDATE document_job SET worker = $1, worked_at = $2, done = 0, tries = tries + 1,"
    "       state = CASE WHEN tries < 5 THEN 'running' ELSE 'failed' END,"
    "       problem = CASE WHEN tries < 5 THEN NULL ELSE 'internal' END"
    " WHERE id = (SELECT id FROM document_job"
    "              WHERE state IN ('queued', 'running') AND (state = 'queued' OR worked_at < $3)"
    "              ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
    " RETURNING id, kind, account_id, role, organization_id, own_id, request_id, wish, created_at, total, state",
};

static const struct document_kind *
kind_find(const struct document_queue *queue, const char *name)
{
    const struct document_kind *const *kind = queue->kinds;

    while (*kind && strcmp((*kind)->name, name) != 0)
        kind++;
    CHECK(*kind != NULL);
    return *kind;
}

static status_t
read_claim(const struct document_queue *queue, struct db_rows *row, struct document_at_work *at_work)
{
    struct document_claim *claim = &at_work->claim;

    claim->id = db_id(row, 0, "id");
    claim->actor = (struct actor){ .account = db_id(row, 0, "account_id"),
                                   .role = arena_text(at_work->arena, db_text(row, 0, "role")),
                                   .organization = db_id(row, 0, "organization_id"),
                                   .own = db_id(row, 0, "own_id") };
    claim->request = db_id(row, 0, "request_id");
    claim->kind = kind_find(queue, db_text(row, 0, "kind"));
    claim->asked_on = instant_date(db_instant(row, 0, "created_at"));
    at_work->progress.total = db_i64(row, 0, "total");
    return codec_unpack(at_work->arena, claim->kind->wish, db_bytes(row, 0, "wish"), &claim->wish);
}

static void
make_room(struct document_queue *queue)
{
    queue->at_work = calloc(1, sizeof *queue->at_work);
    CHECK(queue->at_work != NULL);
    queue->at_work->arena = arena_new(WORK_LIMIT);
    queue->at_work->claim.worker = clock_id();
}

static status_t
claim_next(struct document_queue *queue, struct job_context *job, bool *ret_found)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, &queue->at_work->claim.worker);
    db_arg_instant(&args, job->now);
    db_arg_instant(&args, job->now - LEASE);
    st = db_query_row(job->db, job->arena, &sql_document_job_claim, &args, &row);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st)
        return st;
    *ret_found = strcmp(db_text(row, 0, "state"), "running") == 0;
    return *ret_found ? read_claim(queue, row, queue->at_work) : OK;
}

/* What begins within a transaction may ask the database; nothing is written. */
static status_t
begin(struct document_queue *queue, struct job_context *job)
{
    struct document_at_work *at_work = queue->at_work;
    status_t st;

    db_begin(job->db);
    st = at_work->claim.kind->begin(job, &at_work->claim, at_work->arena, &at_work->work);
    return st ? st : db_commit(job->db, job->arena);
}

static status_t
take_on(struct document_queue *queue, struct job_context *job)
{
    bool found = false;
    status_t st;

    make_room(queue);
    db_begin(job->db);
    st = claim_next(queue, job, &found);
    if (!st && found)
        st = begin(queue, job);
    if (st) /* what it says may stand in the arena of the work */
        st = arena_copy(job->arena, &(struct status){ .problem = st->problem }, sizeof *st);
    if (st || !found)
        drop(queue);
    return st;
}

/* --- the end -------------------------------------------------------------------------------------------------------
 */

const struct db_statement sql_document_job_succeeded = {
    "document_job_succeeded",
    "UPDATE document_job SET state = 'succeeded', file_id = $2 WHERE id = $1",
};

const struct db_statement sql_document_job_failed = {
    "document_job_failed",
    "UPDATE document_job SET state = 'failed', problem = $2 WHERE id = $1",
};

static void
end_as(struct document_queue *queue, struct job_context *job, const struct id *file, const char *problem)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &queue->at_work->claim.id);
    if (file)
        db_arg_id(&args, file);
    else
        db_arg_text(&args, problem);
    db_queue(job->db, file ? &sql_document_job_succeeded : &sql_document_job_failed, &args);
}

static void
audit(struct document_queue *queue, struct job_context *job, const struct stored_file *file)
{
    const struct document_at_work *at_work = queue->at_work;
    struct audit_work work = { .db = job->db,
                               .arena = job->arena,
                               .actor = &at_work->claim.actor,
                               .process = job->process,
                               .action = "document",
                               .request = at_work->claim.request,
                               .now = job->now };
    const char *what = arena_printf(job->arena, "%lld|%s", (long long)at_work->progress.done, file->sha256);

    audit_add_work(&work, &(struct audit_entry){
                              .object = at_work->claim.kind->name, .id = &at_work->claim.id, .after = slice_of(what) });
}

static status_t
store(struct document_queue *queue, struct job_context *job, const struct file_piece *piece)
{
    struct file_store files = { job->db, job->arena, queue->ring(job->state), job->now };
    struct stored_file file = { 0 };
    struct file_writer writer;
    status_t st;

    file_writer_open(&writer, &files, piece);
    st = queue->at_work->claim.kind->pour(job, queue->at_work->work, &writer);
    if (!st)
        st = file_writer_close(&writer, &file);
    if (!st) {
        audit(queue, job, &file);
        end_as(queue, job, &piece->id, NULL);
        st = db_commit(job->db, job->arena);
    }
    file_writer_done(&writer);
    return st;
}

static status_t
finish(struct document_queue *queue, struct job_context *job)
{
    const struct document_claim *claim = &queue->at_work->claim;
    struct file_piece piece = { .id = clock_id(),
                                .account = claim->actor.account,
                                .organization = claim->actor.organization };
    status_t st = claim->kind->close(job, queue->at_work->work, &piece);

    if (!st)
        return store(queue, job, &piece);
    end_as(queue, job, NULL, st->problem->slug);
    return db_commit(job->db, job->arena);
}

/* --- one step ------------------------------------------------------------------------------------------------------
 */

/* No row when the claim is over: cancelled, or somebody else's. */
const struct db_statement sql_document_job_advance = {
    "document_job_advance",
    "UPDATE document_job SET done = $3, total = nullif($4::bigint, 0), worked_at = $5"
    " WHERE id = $1 AND worker = $2 AND state = 'running' RETURNING id",
};

static status_t
advance(struct document_queue *queue, struct job_context *job)
{
    const struct document_at_work *at_work = queue->at_work;
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, &at_work->claim.id);
    db_arg_id(&args, &at_work->claim.worker);
    db_arg_i64(&args, at_work->progress.done);
    db_arg_i64(&args, at_work->progress.total);
    db_arg_instant(&args, job->now);
    return db_query_row(job->db, job->arena, &sql_document_job_advance, &args, &row);
}

static status_t
go_on(struct document_queue *queue, struct job_context *job)
{
    struct document_at_work *at_work = queue->at_work;
    status_t st;

    db_begin(job->db);
    st = at_work->claim.kind->add(job, at_work->work, &at_work->progress);
    if (!st)
        st = advance(queue, job);
    if (st)
        return st;
    return at_work->progress.last ? finish(queue, job) : db_commit(job->db, job->arena);
}

status_t
document_queue_step(struct document_queue *queue, struct job_context *job, bool *ret_more)
{
    bool had = queue->at_work != NULL;
    status_t st = had ? go_on(queue, job) : take_on(queue, job);

    *ret_more = false;
    if (st)
        db_rollback(job->db);
    if (queue->at_work && (st || queue->at_work->progress.last))
        drop(queue);
    if (!st && (had || queue->at_work))
        job_wake();
    return status_is(st, PROBLEM_NOT_FOUND) ? OK : st; /* nothing to do, or cancelled */
}

const struct db_statement sql_document_job_forget = {
    "document_job_forget",
    "DELETE FROM document_job WHERE state NOT IN ('queued', 'running') AND worked_at < $1",
};

status_t
document_sweep(struct job_context *job, bool *ret_more)
{
    struct file_store files = { .db = job->db, .arena = job->arena, .now = job->now };
    struct db_args args = { 0 };
    int64_t removed = 0;
    status_t st;

    db_arg_instant(&args, job->now - KNOWN);
    db_begin(job->db);
    db_queue(job->db, &sql_document_job_forget, &args);
    st = file_expire(&files, &removed);
    if (!st)
        st = db_commit(job->db, job->arena);
    *ret_more = !st && removed > 0;
    return st;
}
