/* SPDX-License-Identifier: Apache-2.0 */
/* Batches asked for, looked at, cancelled and fetched. On the worker's thread; the drawing is the job's. */
#include <liangxin/transfers/v1/transfers.handlers.h>

#include "io/clock.h"
#include "rpc/document_job.h"
#include "transfers/documents.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

static void
to_wire(const struct document_job *job, PaperBatch *out)
{
    const CreatePaperBatchRequest *wish = (const CreatePaperBatchRequest *)job->wish;

    out->id = job->id;
    out->kind = (PaperKind)paper_kind_to_wire(paper_kind_of((int)wish->kind));
    out->state = (PaperBatchState)job->state;
    out->total = (uint32_t)job->total;
    out->done = (uint32_t)job->done;
    out->problem = job->problem;
    out->created_at = job->created_at;
    out->expires_at = job->expires_at;
    out->file_name = job->file_name;
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

/* The document's row says what kind of sheets; which ones is in paper_copy. */
static void
queue(struct call *call, const CreatePaperBatchRequest *in, const struct id *batch, size_t count, PaperBatch *out)
{
    CreatePaperBatchRequest *request = create_paper_batch_request_new(call->arena);
    struct document_job job;

    request->kind = in->kind;
    document_job_ask(call,
                     &(struct document_wish){ .kind = paper_batch_kind.name,
                                              .id = *batch,
                                              .request = &request->base,
                                              .total = (int64_t)count,
                                              .reason = "打印" },
                     &job);
    to_wire(&job, out);
}

status_t
handle_create_paper_batch(struct call *call, const CreatePaperBatchRequest *in, PaperBatch *out)
{
    const struct paper_kind *kind = paper_kind_of((int)in->kind);
    struct id *batch = arena_alloc(call->arena, sizeof *batch);
    struct id *asked = arena_array(call->arena, in->n_letter_ids, sizeof *asked);
    uint32_t copy;
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
        st = paper_count(call, kind, ids, count, batch, &copy);
    if (st)
        return st;
    queue(call, in, batch, count, out);
    name_left_out(call, in, ids, count, out);
    return OK;
}

status_t
handle_get_paper_batch(struct call *call, const PaperBatchId *in, PaperBatch *out)
{
    struct document_job job;
    status_t st = document_job_find(call, paper_batch_kind.name, in->id, paper_batch_kind.wish, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}

status_t
handle_cancel_paper_batch(struct call *call, const PaperBatchId *in, PaperBatch *out)
{
    struct document_job job;
    status_t st = document_job_cancel(call, paper_batch_kind.name, in->id, paper_batch_kind.wish, &job);

    if (!st)
        to_wire(&job, out);
    return st;
}

status_t
handle_get_paper_batch_content(struct call *call, const GetPaperBatchContentRequest *in, PaperContent *out)
{
    return document_content(call, &paper_batch_kind, in->id, in->offset, out);
}
