/* SPDX-License-Identifier: Apache-2.0 */
/* The service's documents: the queue of both kinds (the jobs thread), and their bytes (the worker's thread). */
#include "transfers/documents.h"

#include "rpc/document_job.h"
#include "base/banned.h"

#define DOCUMENT_MOST ((int64_t)256 * 1024 * 1024)
#define DOCUMENT_DAYS 7

const struct file_purpose paper_purpose = { "paper", MEDIA_BIT(MEDIA_PDF), DOCUMENT_MOST, DOCUMENT_DAYS };
const struct file_purpose letter_export_purpose = { "letters", MEDIA_BIT(MEDIA_CSV) | MEDIA_BIT(MEDIA_XLSX),
                                                    DOCUMENT_MOST, DOCUMENT_DAYS };

static const struct seal_ring *
ring(const void *state)
{
    return &((const struct transfers_state *)state)->keys;
}

static const struct document_kind *const kinds[] = { &paper_batch_kind, &letter_export_kind, NULL };

static struct document_queue queue = { .kinds = kinds, .ring = ring };

status_t
job_documents(struct job_context *job, bool *ret_more)
{
    return document_queue_step(&queue, job, ret_more);
}

status_t
document_content(struct call *call, const struct document_kind *kind, const char *id, int64_t offset, PaperContent *out)
{
    struct file_store files = { call->db, call->arena, ring(call->state), call->now };
    struct document_job job;
    struct stored_file file;
    struct slice bytes;
    struct id file_id;
    status_t st = document_job_find(call, kind->name, id, kind->wish, &job);

    if (!st && !job.file_id[0])
        st = status_plain(PROBLEM_NOT_FOUND);
    if (st)
        return st;
    file_id = id_of(job.file_id);
    st = file_find(&files, &file_id, &file);
    if (!st)
        st = file_read(&files, &file_id, offset, &bytes);
    if (st)
        return st;
    out->data = (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
    out->size = file.size;
    out->media_type = arena_text(call->arena, file.media_type);
    out->file_name = arena_text(call->arena, file.name);
    return OK;
}
