/* SPDX-License-Identifier: Apache-2.0 */
/* Batches asked for, looked at, cancelled and fetched. On the worker's thread; the drawing is the job's. */
#include <liangxin/transfers/v1/transfers.handlers.h>

#include "io/clock.h"
#include "rpc/audit.h"
#include "transfers/paper/store_batch.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

/* In the wire's order, from 1. */
static const char *const states[] = { "queued", "running", "succeeded", "failed", "cancelled" };

static PaperBatchState
batch_state(const char *code)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i], code) == 0)
            return (PaperBatchState)(i + 1);
    return 0;
}

/* Columns that may be null are read apart: protobuf-c wants texts. */
static char *
text_of(struct call *call, struct db_rows *row, const char *column)
{
    const char *text = db_text(row, 0, column);

    return arena_text(call->arena, text ? text : "");
}

static status_t
answer(struct call *call, struct db_rows *row, PaperBatch *out)
{
    char *created_at = arena_alloc(call->arena, INSTANT_SIZE);

    instant_format(db_instant(row, 0, "created_at"), created_at);
    out->id = text_of(call, row, "id");
    out->kind = (PaperKind)paper_kind_to_wire(paper_kind_find(db_text(row, 0, "kind")));
    out->state = batch_state(db_text(row, 0, "state"));
    out->total = (uint32_t)db_i64(row, 0, "total");
    out->done = (uint32_t)db_i64(row, 0, "done");
    out->problem = text_of(call, row, "problem");
    out->created_at = created_at;
    return db_rows_status(row);
}

static status_t
add_file_name(struct call *call, struct db_rows *row, PaperBatch *out)
{
    const struct transfers_state *state = call->state;
    struct file_store files = { call->db, call->arena, &state->keys, call->now };
    struct stored_file file;
    struct id id;
    status_t st;

    if (db_is_null(row, 0, "file_id"))
        return OK;
    id = db_id(row, 0, "file_id");
    st = file_find(&files, &id, &file);
    if (!st)
        out->file_name = arena_text(call->arena, file.name);
    return st && status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
}

/* Those asked for that are not among those printed. */
static void
name_left_out(struct call *call, const CreatePaperBatchRequest *in, const struct id *printed, size_t count,
              PaperBatch *out)
{
    out->left_out = arena_array(call->arena, in->n_letter_ids, sizeof *out->left_out);
    for (size_t i = 0; i < in->n_letter_ids; i++) {
        struct id id = id_of(in->letter_ids[i]);
        size_t at = 0;

        while (at < count && !id_equal(&id, &printed[at]))
            at++;
        if (at == count)
            out->left_out[out->n_left_out++] = in->letter_ids[i];
    }
}

static void
audit(struct call *call, const struct paper_kind *kind, const struct id *batch, size_t count)
{
    const char *what = arena_printf(call->arena, "%s|%zu", kind->code, count);

    audit_add(call,
              &(struct audit_entry){ .object = "paper_batch", .id = batch, .after = slice_of(what), .reason = "打印" });
}

static status_t
print(struct call *call, const struct paper_kind *kind, const struct id *batch, const struct id *ids, size_t count,
      struct db_rows **ret_row)
{
    uint32_t copy;
    status_t st = batch_insert(call, batch, kind, count, ret_row);

    if (!st)
        st = paper_count(call, kind, ids, count, batch, &copy);
    if (st)
        return st;
    audit(call, kind, batch, count);
    call->leaves_work = true;
    return OK;
}

status_t
handle_create_paper_batch(struct call *call, const CreatePaperBatchRequest *in, PaperBatch *out)
{
    const struct paper_kind *kind = paper_kind_of((int)in->kind);
    struct id *batch = arena_alloc(call->arena, sizeof *batch);
    struct id *asked = arena_array(call->arena, in->n_letter_ids, sizeof *asked);
    struct db_rows *row;
    struct id *ids;
    size_t count;
    status_t st;

    if (!actor_may(call->actor, kind->permission))
        return status_plain(PROBLEM_DENIED);
    for (size_t i = 0; i < in->n_letter_ids; i++)
        asked[i] = id_of(in->letter_ids[i]);
    st = paper_lock(call, kind, asked, in->n_letter_ids, &ids, &count);
    if (!st && count == 0)
        st = status_field(call->arena, PROBLEM_NOT_FOUND, "/letter_ids");
    *batch = clock_id();
    if (!st)
        st = print(call, kind, batch, ids, count, &row);
    if (st)
        return st;
    name_left_out(call, in, ids, count, out);
    return answer(call, row, out);
}

status_t
handle_get_paper_batch(struct call *call, const PaperBatchId *in, PaperBatch *out)
{
    struct id id = id_of(in->id);
    struct db_rows *row;
    status_t st = batch_find(call, &id, &row);

    if (!st)
        st = answer(call, row, out);
    return st ? st : add_file_name(call, row, out);
}

status_t
handle_cancel_paper_batch(struct call *call, const PaperBatchId *in, PaperBatch *out)
{
    struct id *id = arena_alloc(call->arena, sizeof *id);
    struct db_rows *row;
    status_t st;

    *id = id_of(in->id);
    st = batch_cancel(call, id, &row);
    if (st)
        return st;
    audit_add(call, &(struct audit_entry){ .object = "paper_batch", .id = id, .after = slice_of("cancel") });
    return answer(call, row, out);
}

status_t
handle_get_paper_batch_content(struct call *call, const GetPaperBatchContentRequest *in, PaperContent *out)
{
    const struct transfers_state *state = call->state;
    struct file_store files = { call->db, call->arena, &state->keys, call->now };
    struct id id = id_of(in->id);
    struct stored_file file;
    struct db_rows *row;
    struct slice bytes;
    status_t st = batch_find(call, &id, &row);

    if (!st && db_is_null(row, 0, "file_id"))
        st = status_plain(PROBLEM_NOT_FOUND);
    if (st)
        return st;
    id = db_id(row, 0, "file_id");
    st = file_find(&files, &id, &file);
    if (!st)
        st = file_read(&files, &id, in->offset, &bytes);
    if (st)
        return st;
    out->data = (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
    out->size = file.size;
    out->media_type = arena_text(call->arena, file.media_type);
    out->file_name = arena_text(call->arena, file.name);
    return OK;
}
