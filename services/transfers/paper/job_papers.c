/* SPDX-License-Identifier: Apache-2.0 */
/* Batches drawn, some pages a step, on the jobs thread: the document is memory until it is whole. A batch begun anew
 * becomes the same document, for its sheets were counted when it was asked for. */
#include "transfers/documents.h"
#include "transfers/paper/drawing.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

#define PAGES 25

struct printing {
    const struct document_claim *claim;
    const struct paper_kind *kind;
    struct drawing *drawing;
    struct slice pdf; /* once it is closed; the drawing's */
    int place;        /* of the last sheet drawn */
};

static status_t
begin(struct job_context *job, const struct document_claim *claim, struct arena *arena, void **ret_work)
{
    struct printing *work = arena_alloc(arena, sizeof *work);
    status_t st;

    (void)job;
    work->claim = claim;
    work->kind = paper_kind_of((int)((const CreatePaperBatchRequest *)claim->wish)->kind);
    st = drawing_new(arena, claim->asked_on, work->kind->title, &work->drawing);
    if (!st)
        *ret_work = work;
    return st;
}

static status_t
add(struct job_context *job, void *data, struct document_progress *progress)
{
    struct printing *work = data;
    struct paper_sheet *sheets;
    int count = 0;
    status_t st = paper_page(job->db, job->arena, job->state, &work->claim->id, work->place, PAGES, &sheets, &count);

    if (st)
        return st;
    for (int i = 0; i < count; i++) {
        drawing_page(work->drawing, sheets[i].kind->form, &sheets[i].values);
        paper_sheet_wipe(&sheets[i]);
        work->place = sheets[i].place;
    }
    progress->done = work->place;
    progress->last = count < PAGES;
    return OK;
}

static status_t
close_batch(struct job_context *job, void *data, struct file_piece *piece)
{
    struct printing *work = data;
    char day[DATE_SIZE];

    date_format(work->claim->asked_on, day);
    piece->name = arena_printf(job->arena, "%s-%s.pdf", work->kind->title, day);
    piece->purpose = &paper_purpose;
    return drawing_close(work->drawing, &work->pdf);
}

static status_t
pour(struct job_context *job, void *data, struct file_writer *writer)
{
    (void)job;
    file_writer_add(writer, ((struct printing *)data)->pdf);
    return OK;
}

static void
drop(void *data)
{
    drawing_free(((struct printing *)data)->drawing);
}

const struct document_kind paper_batch_kind = {
    "paper_batch", &liangxin__transfers__v1__create_paper_batch_request__descriptor, begin, add, close_batch, pour,
    drop,
};
