/* SPDX-License-Identifier: Apache-2.0 */
/* Batches drawn, some pages a step, on the jobs thread, which owns the one at work: its document is memory that ends
 * with the process. Each step is told in the batch's row, which renews the claim and sees a cancel. A batch whose
 * process died is begun anew by another and becomes the same document: its sheets were counted when it was asked for.
 */
#include "transfers/paper/job_papers.h"

#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "rpc/file_writer.h"
#include "transfers/paper/drawing.h"
#include "transfers/paper/store_batch.h"
#include "transfers/paper/store_paper.h"
#include "base/banned.h"

#define PAGES       25
#define CLAIM_LIMIT ((size_t)64 * 1024)

struct at_work {
    struct arena *arena; /* what the claim's texts live in */
    struct batch_claim claim;
    struct drawing *drawing;
    int place; /* of the last sheet drawn */
};

static struct at_work *at_work; /* NULL: none; the jobs thread's */

static void
drop(void)
{
    if (!at_work)
        return;
    drawing_free(at_work->drawing);
    arena_free(at_work->arena);
    free(at_work);
    at_work = NULL;
}

static status_t
begin(struct job_context *job, const struct batch_claim *claim)
{
    status_t st;

    at_work = calloc(1, sizeof *at_work);
    CHECK(at_work != NULL);
    at_work->arena = arena_new(CLAIM_LIMIT);
    at_work->claim = *claim;
    at_work->claim.actor.role = arena_text(at_work->arena, claim->actor.role);
    st = drawing_new(at_work->arena, claim->asked_on, claim->kind->title, &at_work->drawing);
    if (!st)
        return OK;
    st = arena_copy(job->arena, &(struct status){ .problem = st->problem }, sizeof *st);
    drop();
    return st;
}

static status_t
take_on(struct job_context *job)
{
    struct batch_claim claim = { .worker = clock_id() };
    status_t st;

    db_begin(job->db);
    st = batch_claim(job, &claim);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? (db_rollback(job->db), OK) : st;
    return begin(job, &claim);
}

/* --- the end -------------------------------------------------------------------------------------------------------
 */

static void
audit(struct job_context *job, const struct stored_file *file)
{
    struct audit_work work = { .db = job->db,
                               .arena = job->arena,
                               .actor = &at_work->claim.actor,
                               .process = job->process,
                               .action = "papers",
                               .request = at_work->claim.request,
                               .now = job->now };
    const char *what = arena_printf(job->arena, "%s|%d|%s", at_work->claim.kind->code, at_work->place, file->sha256);

    audit_add_work(&work,
                   &(struct audit_entry){ .object = "paper_batch", .id = &at_work->claim.id, .after = slice_of(what) });
}

static status_t
store(struct job_context *job, struct slice pdf)
{
    const struct transfers_state *state = job->state;
    struct file_store files = { job->db, job->arena, &state->keys, job->now };
    char day[DATE_SIZE];
    struct file_piece piece = { .id = clock_id(),
                                .purpose = paper_purposes,
                                .account = at_work->claim.actor.account,
                                .organization = at_work->claim.actor.organization };
    struct file_writer writer;
    struct stored_file file = { 0 };
    status_t st;

    date_format(at_work->claim.asked_on, day);
    piece.name = arena_printf(job->arena, "%s-%s.pdf", at_work->claim.kind->title, day);
    file_writer_open(&writer, &files, &piece);
    file_writer_add(&writer, pdf);
    st = file_writer_close(&writer, &file);
    if (!st) {
        audit(job, &file);
        batch_succeeded(job, &at_work->claim, &piece.id);
        st = db_commit(job->db, job->arena);
    }
    file_writer_done(&writer);
    return st;
}

/* A document that cannot be is the batch's failure and not the job's. */
static status_t
finish(struct job_context *job)
{
    struct slice pdf;
    status_t st = drawing_close(at_work->drawing, &pdf);

    if (!st)
        return store(job, pdf);
    batch_failed(job, &at_work->claim, st->problem->slug);
    return db_commit(job->db, job->arena);
}

/* --- one step ------------------------------------------------------------------------------------------------------
 */

static status_t
draw_pages(struct job_context *job, int *ret_count)
{
    struct paper_sheet *sheets;
    status_t st =
        paper_page(job->db, job->arena, job->state, &at_work->claim.id, at_work->place, PAGES, &sheets, ret_count);

    if (st)
        return st;
    for (int i = 0; i < *ret_count; i++) {
        drawing_page(at_work->drawing, sheets[i].kind->form, &sheets[i].values);
        paper_sheet_wipe(&sheets[i]);
        at_work->place = sheets[i].place;
    }
    return OK;
}

static status_t
add_pages(struct job_context *job, bool *ret_last)
{
    int count = 0;
    status_t st;

    db_begin(job->db);
    st = draw_pages(job, &count);
    if (!st)
        st = batch_advance(job, &at_work->claim, at_work->place);
    if (st)
        return st;
    *ret_last = count < PAGES;
    return *ret_last ? finish(job) : db_commit(job->db, job->arena);
}

status_t
job_papers(struct job_context *job, bool *ret_more)
{
    bool last = false;
    status_t st = at_work ? add_pages(job, &last) : take_on(job);

    *ret_more = false;
    if (st)
        db_rollback(job->db);
    if (st || last)
        drop();
    if (at_work || last)
        job_wake();
    return status_is(st, PROBLEM_NOT_FOUND) ? OK : st; /* cancelled */
}

status_t
job_paper_sweep(struct job_context *job, bool *ret_more)
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
