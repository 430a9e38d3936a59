/* SPDX-License-Identifier: Apache-2.0 */
/* Making exports, a page a step, on the jobs thread, which owns the one at work: its table is a file without a name
 * that ends with the process. Each page is told in the export's row, which renews the claim and sees a cancel. An
 * export whose process died is begun anew by another. The whole list is never in memory. */
#include "organizations/exports/job_exports.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "organizations/exports/cell.h"
#include "organizations/exports/export_ledger.h"
#include "organizations/exports/store_export.h"
#include "organizations/files/purposes.h"
#include "organizations/files/table_file.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define PAGE        2000
#define KEY_SIZE    128
#define CLAIM_LIMIT ((size_t)64 * 1024)

struct at_work {
    struct arena *arena; /* what the claim's texts live in */
    struct export_claim claim;
    const struct export_ledger *ledger;
    enum sheet_format format;
    struct sheet_writer *writer;
    char key[KEY_SIZE]; /* of the last row written */
    int64_t done;
};

static struct at_work *at_work; /* NULL: none; the jobs thread's */

static void
drop(void)
{
    if (!at_work)
        return;
    sheet_writer_free(at_work->writer);
    arena_free(at_work->arena);
    free(at_work);
    at_work = NULL;
}

static void
write_heading(const struct ledger_form *form, struct arena *arena, struct sheet_writer *writer)
{
    size_t count = column_count(form);
    struct sheet_cell *cells = arena_array(arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++)
        cells[i].text = slice_of(form->columns[i].heading);
    sheet_writer_row(writer, cells, count);
}

static void
keep_texts(struct at_work *work)
{
    struct export_claim *claim = &work->claim;

    claim->ledger = arena_text(work->arena, claim->ledger);
    claim->format = arena_text(work->arena, claim->format);
    claim->target = claim->target ? arena_text(work->arena, claim->target) : NULL;
    claim->actor.role = arena_text(work->arena, claim->actor.role);
}

static void
begin(struct job_context *job, const struct export_claim *claim)
{
    at_work = calloc(1, sizeof *at_work);
    CHECK(at_work != NULL);
    at_work->arena = arena_new(CLAIM_LIMIT);
    at_work->claim = *claim;
    keep_texts(at_work);
    at_work->ledger = export_ledger_find(at_work->claim.ledger);
    CHECK(at_work->ledger != NULL);
    at_work->format = strcmp(claim->format, "csv") == 0 ? SHEET_CSV : SHEET_XLSX;
    at_work->writer = sheet_writer_new(at_work->format);
    write_heading(at_work->ledger->form, job->arena, at_work->writer);
}

static status_t
take_on(struct job_context *job)
{
    struct export_claim claim = { .worker = clock_id() };
    status_t st;

    db_begin(job->db);
    st = export_claim(job, &claim);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st) {
        db_rollback(job->db);
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    }
    begin(job, &claim);
    return OK;
}

/* --- one page ------------------------------------------------------------------------------------------------------
 */

static status_t
read_page(struct job_context *job, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, actor_scope(&at_work->claim.actor));
    db_arg_text(&args, at_work->claim.target);
    db_arg_text(&args, at_work->key[0] ? at_work->key : NULL);
    db_arg_i64(&args, PAGE);
    return db_query(job->db, job->arena, at_work->ledger->page, &args, ret_rows);
}

static void
write_row(struct arena *arena, const void *data)
{
    const struct column *columns = at_work->ledger->form->columns;
    size_t count = column_count(at_work->ledger->form);
    struct sheet_cell *cells = arena_array(arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++)
        cells[i] = (struct sheet_cell){ cell_text(arena, &columns[i], data), cell_is_number(&columns[i]) };
    sheet_writer_row(at_work->writer, cells, count);
}

static status_t
write_page(struct job_context *job, struct db_rows *rows)
{
    struct export_page page = { .arena = job->arena, .state = job->state, .reveal = at_work->claim.reveal };

    for (int i = 0; i < db_count(rows); i++) {
        void *data = arena_alloc(job->arena, at_work->ledger->form->data_size);
        status_t st = at_work->ledger->read(&page, rows, i, data);

        if (st)
            return st;
        write_row(job->arena, data);
    }
    if (db_count(rows))
        snprintf(at_work->key, sizeof at_work->key, "%s", db_text(rows, db_count(rows) - 1, "key"));
    at_work->done += db_count(rows);
    return db_rows_status(rows);
}

/* --- the end -------------------------------------------------------------------------------------------------------
 */

static struct file_piece
piece_of(struct job_context *job)
{
    const struct organizations_state *state = job->state;
    char day[DATE_SIZE];

    date_format(instant_date(job->now), day);
    return (struct file_piece){ .id = clock_id(),
                                .name = arena_printf(job->arena, "%s-%s.%s", at_work->ledger->title, day,
                                                     at_work->claim.format),
                                .purpose = file_purpose_find(state->made, PURPOSE_EXPORT),
                                .account = at_work->claim.actor.account,
                                .organization = at_work->claim.actor.organization };
}

static void
audit(struct job_context *job, const struct stored_file *file)
{
    struct audit_work work = { .db = job->db,
                               .arena = job->arena,
                               .actor = &at_work->claim.actor,
                               .process = job->process,
                               .action = "export",
                               .request = at_work->claim.request,
                               .now = job->now };
    const char *what =
        arena_printf(job->arena, "%s|%lld|%s", at_work->claim.ledger, (long long)at_work->done, file->sha256);

    audit_add_work(&work,
                   &(struct audit_entry){ .object = "export", .id = &at_work->claim.id, .after = slice_of(what) });
}

static status_t
store(struct job_context *job)
{
    const struct organizations_state *state = job->state;
    struct file_store files = { job->db, job->arena, &state->identity_ring, job->now };
    struct file_piece piece = piece_of(job);
    struct file_writer writer;
    struct stored_file file = { 0 };
    status_t st;

    file_writer_open(&writer, &files, &piece);
    st = table_file_pour(job->arena, at_work->writer, &writer, &file);
    if (!st) {
        audit(job, &file);
        export_succeeded(job, &at_work->claim, &piece.id);
        st = db_commit(job->db, job->arena);
    }
    file_writer_done(&writer);
    return st;
}

/* A table that cannot be is the export's failure and not the job's. */
static status_t
finish(struct job_context *job)
{
    status_t st = sheet_writer_close(at_work->writer);

    if (!st)
        return store(job);
    export_failed(job, &at_work->claim, st->problem->slug);
    return db_commit(job->db, job->arena);
}

static status_t
add_page(struct job_context *job, bool *ret_last)
{
    struct db_rows *rows = NULL;
    status_t st;

    db_begin(job->db);
    st = read_page(job, &rows);
    if (!st)
        st = write_page(job, rows);
    if (!st)
        st = export_advance(job, &at_work->claim, at_work->done);
    if (st)
        return st;
    *ret_last = db_count(rows) < PAGE;
    return *ret_last ? finish(job) : db_commit(job->db, job->arena);
}

status_t
job_exports(struct job_context *job, bool *ret_more)
{
    bool last = false;
    status_t st = at_work ? add_page(job, &last) : take_on(job);

    *ret_more = false;
    if (st)
        db_rollback(job->db);
    if (st || last)
        drop();
    if (at_work || last)
        job_wake();
    return status_is(st, PROBLEM_NOT_FOUND) ? OK : st; /* cancelled */
}
