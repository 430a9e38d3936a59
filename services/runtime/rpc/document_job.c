/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of document_job for those who ask. On the worker's thread; owns nothing. */
#include "rpc/document_job.h"

#include "rpc/audit.h"
#include "rpc/codec.h"
#include "base/banned.h"

/* In the order of enum document_state. */
static const char *const states[] = { "", "queued", "running", "succeeded", "failed", "cancelled" };

const struct db_statement sql_document_job_ask = {
    "document_job_ask",
    "INSERT INTO document_job (id, kind, account_id, role, organization_id, own_id, request_id, wish, state, total,"
    "                          created_at, worked_at)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', nullif($9::bigint, 0), $10, $10)",
};

static char *
text_of(struct arena *arena, const char *text)
{
    return arena_text(arena, text ? text : "");
}

static char *
instant_text(struct arena *arena, instant_t at)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    instant_format(at, text);
    return text;
}

static void
fill_new(struct call *call, const struct document_wish *wish, struct document_job *ret_job)
{
    char id[ID_SIZE];

    id_format(&wish->id, id);
    *ret_job = (struct document_job){ .wish = (ProtobufCMessage *)(uintptr_t)wish->request,
                                      .state = DOCUMENT_QUEUED,
                                      .total = wish->total,
                                      .id = arena_text(call->arena, id),
                                      .file_id = text_of(call->arena, NULL),
                                      .file_name = text_of(call->arena, NULL),
                                      .problem = text_of(call->arena, NULL),
                                      .created_at = instant_text(call->arena, call->now),
                                      .expires_at = text_of(call->arena, NULL) };
}

void
document_job_ask(struct call *call, const struct document_wish *wish, struct document_job *ret_job)
{
    struct slice packed = codec_pack(call->arena, wish->request);
    struct db_args args = { 0 };

    db_arg_id(&args, &wish->id);
    db_arg_text(&args, wish->kind);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, id_is_nil(&call->actor->own) ? NULL : &call->actor->own);
    db_arg_id(&args, &call->request->id);
    db_arg_bytes(&args, packed);
    db_arg_i64(&args, wish->total);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_document_job_ask, &args);
    audit_add(call,
              &(struct audit_entry){ .object = wish->kind, .id = &wish->id, .after = packed, .reason = wish->reason });
    call->leaves_work = true;
    fill_new(call, wish, ret_job);
}

/* --- one's own ---------------------------------------------------------------------------------------------------- */

#define DOCUMENTS                                                                                                      \
    "SELECT j.id, j.wish, j.state, j.total, j.done, j.problem, j.created_at, f.id AS file_id, f.name AS file_name,"    \
    "       f.delete_after"                                                                                            \
    "  FROM document_job j LEFT JOIN file f ON f.id = j.file_id"                                                       \
    " WHERE j.account_id = $1 AND j.kind = $2"

static enum document_state
state_of(const char *code)
{
    size_t state = sizeof states / sizeof *states - 1;

    while (state && strcmp(states[state], code) != 0)
        state--;
    return (enum document_state)state;
}

static status_t
read_row(struct arena *arena, struct db_rows *rows, int i, const ProtobufCMessageDescriptor *request,
         struct document_job *ret_job)
{
    bool has_file = !db_is_null(rows, i, "file_id") && !db_is_null(rows, i, "delete_after");

    *ret_job = (struct document_job){
        .state = state_of(db_text(rows, i, "state")),
        .total = db_i64(rows, i, "total"),
        .done = db_i64(rows, i, "done"),
        .id = text_of(arena, db_text(rows, i, "id")),
        .file_id = text_of(arena, db_text(rows, i, "file_id")),
        .file_name = text_of(arena, db_text(rows, i, "file_name")),
        .problem = text_of(arena, db_text(rows, i, "problem")),
        .created_at = instant_text(arena, db_instant(rows, i, "created_at")),
        .expires_at = has_file ? instant_text(arena, db_instant(rows, i, "delete_after")) : text_of(arena, NULL),
    };
    return codec_unpack(arena, request, db_bytes(rows, i, "wish"), &ret_job->wish);
}

static void
arg_own(struct db_args *args, struct call *call, const char *kind)
{
    db_arg_id(args, &call->actor->account);
    db_arg_text(args, kind);
}

const struct db_statement sql_document_job_find = { "document_job_find", DOCUMENTS " AND j.id = $3" };

status_t
document_job_find(struct call *call, const char *kind, const char *id, const ProtobufCMessageDescriptor *request,
                  struct document_job *ret_job)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_own(&args, call, kind);
    db_arg_text(&args, id);
    st = db_query_row(call->db, call->arena, &sql_document_job_find, &args, &row);
    if (!st)
        st = read_row(call->arena, row, 0, request, ret_job);
    return st ? st : db_rows_status(row);
}

const struct db_statement sql_document_job_cancel = {
    "document_job_cancel",
    "UPDATE document_job SET state = 'cancelled'"
    " WHERE account_id = $1 AND kind = $2 AND id = $3 AND state IN ('queued', 'running')",
};

status_t
document_job_cancel(struct call *call, const char *kind, const char *id, const ProtobufCMessageDescriptor *request,
                    struct document_job *ret_job)
{
    struct id *object = arena_alloc(call->arena, sizeof *object);
    struct db_args args = { 0 };
    status_t st;

    if (!id_parse(slice_of(id), object))
        return status_plain(PROBLEM_NOT_FOUND);
    arg_own(&args, call, kind);
    db_arg_id(&args, object);
    db_queue(call->db, &sql_document_job_cancel, &args);
    st = document_job_find(call, kind, id, request, ret_job);
    if (!st)
        audit_add(call, &(struct audit_entry){ .object = kind, .id = object, .after = slice_of("cancel") });
    return st;
}

const struct db_statement sql_document_job_list = {
    "document_job_list",
    DOCUMENTS " AND j.id < coalesce($3::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff') ORDER BY j.id DESC LIMIT $4",
};

status_t
document_job_list(struct call *call, const char *kind, const char *before, int64_t limit,
                  const ProtobufCMessageDescriptor *request, struct document_job **ret_jobs, size_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    arg_own(&args, call, kind);
    db_arg_text(&args, before);
    db_arg_i64(&args, limit);
    st = db_query(call->db, call->arena, &sql_document_job_list, &args, &rows);
    if (st)
        return st;
    *ret_count = (size_t)db_count(rows);
    *ret_jobs = arena_array(call->arena, *ret_count, sizeof **ret_jobs);
    for (int i = 0; !st && i < db_count(rows); i++)
        st = read_row(call->arena, rows, i, request, &(*ret_jobs)[i]);
    return st ? st : db_rows_status(rows);
}
