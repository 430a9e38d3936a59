/* SPDX-License-Identifier: Apache-2.0 */
/* The uploader's file given back: his rows in his order, his columns as he had them, and two more with what became of
 * each row and why. Made anew when the import comes to rest in another state. On the jobs thread; one file a step. */
#include "base/text.h"
#include "daemon/table_document.h"
#include "io/clock.h"
#include "organizations/files/purposes.h"
#include "organizations/imports/annotation.h"
#include "organizations/ledgers/heading.h"
#include "organizations/imports/job_imports.h"
#include "organizations/imports/store_import.h"
#include "organizations/state.h"
#include "organizations/tables/csv.h"
#include "organizations/tables/encoding.h"
#include "organizations/tables/xlsx.h"
#include "base/banned.h"

#define PAGE      2000 /* results read at once */
#define PAGE_ROOM ((size_t)32 * 1024 * 1024)
#define DAMAGED   "\xEF\xBF\xBD" /* instead of a cell of no encoding */

struct annotating {
    struct job_context *job;
    struct import_claim claim;
    struct csv_reader csv;
    struct xlsx *xlsx; /* NULL: it is CSV */
    struct decoder *decoder;
    struct sheet_writer *writer;
    bool passed_over[RECORD_CELLS]; /* columns that an earlier annotation has added */
    struct arena *page_arena;
    struct db_rows *page;
    int at; /* next row of the page */
};

static bool
next_record(struct annotating *annotating, struct record *record)
{
    if (annotating->xlsx)
        return xlsx_next(annotating->xlsx, record);
    return csv_next(&annotating->csv, annotating->job->arena, record);
}

static status_t
open_records(struct annotating *annotating)
{
    struct slice bytes = annotating->claim.source.bytes;
    struct arena *arena = annotating->job->arena;
    bool utf8 = text_is_utf8(bytes);

    if (xlsx_fits(bytes)) {
        annotating->decoder = decoder_open(arena, ENCODING_UTF8);
        return xlsx_open(arena, bytes, annotating->claim.source.sheet, &annotating->xlsx);
    }
    annotating->decoder = decoder_open(arena, utf8 ? ENCODING_UTF8 : ENCODING_GB18030);
    csv_open(&annotating->csv, encoding_skip_mark(bytes));
    return OK;
}

static struct slice
decoded(struct annotating *annotating, struct slice cell)
{
    struct slice text;

    return decoder_read(annotating->decoder, cell, &text) ? text : slice_of(DAMAGED);
}

static void
write_record(struct annotating *annotating, const struct record *record, struct slice outcome, struct slice reason)
{
    struct sheet_cell cells[RECORD_CELLS + 2] = { 0 };
    size_t count = 0;

    cells[count++].text = outcome;
    cells[count++].text = reason;
    for (size_t i = 0; i < record->count; i++)
        if (!annotating->passed_over[i])
            cells[count++].text = decoded(annotating, record->cell[i]);
    sheet_writer_row(annotating->writer, cells, count);
}

static void
write_header(struct annotating *annotating, const struct record *record)
{
    for (size_t i = 0; i < record->count; i++) {
        struct slice heading = text_trim(decoded(annotating, record->cell[i]));

        annotating->passed_over[i] = slice_is(heading, HEADING_OUTCOME) || slice_is(heading, HEADING_REASON);
    }
    write_record(annotating, record, slice_of(HEADING_OUTCOME), slice_of(HEADING_REASON));
}

/* The result of this row; results come by row, as the records do. */
static status_t
find_result(struct annotating *annotating, int64_t row, struct row_result *ret_result)
{
    struct db_rows *page = annotating->page;

    *ret_result = (struct row_result){ 0 };
    if (!page || annotating->at == db_count(page)) {
        status_t st;

        arena_reset(annotating->page_arena);
        st = import_results(annotating->job->db, annotating->page_arena, &annotating->claim.id, row - 1, PAGE,
                            &annotating->page);
        if (st)
            return st;
        annotating->at = 0;
        page = annotating->page;
    }
    if (annotating->at == db_count(page) || db_i64(page, annotating->at, "row") != row)
        return db_rows_status(page);
    ret_result->outcome = db_text(page, annotating->at, "outcome");
    ret_result->undo = db_text(page, annotating->at, "undo");
    ret_result->kept_code = db_text(page, annotating->at, "kept_code");
    ret_result->problems = db_text(page, annotating->at, "problems");
    annotating->at++;
    return db_rows_status(page);
}

static status_t
write_rows(struct annotating *annotating)
{
    struct record record;
    status_t st = OK;

    if (!next_record(annotating, &record))
        return OK;
    write_header(annotating, &record);
    while (!st && next_record(annotating, &record)) {
        struct row_result result;

        st = find_result(annotating, record.row, &result);
        if (!st)
            write_record(annotating, &record, result_outcome(&result), result_reason(annotating->page_arena, &result));
    }
    return st ? st : sheet_writer_close(annotating->writer);
}

static struct file_piece
piece_of(struct annotating *annotating)
{
    const struct organizations_state *state = annotating->job->state;
    const struct import_claim *claim = &annotating->claim;
    const char *dot = strrchr(claim->file_name, '.');
    int stem = dot ? (int)(dot - claim->file_name) : (int)strlen(claim->file_name);

    return (struct file_piece){ .id = clock_id(),
                                .name = arena_printf(annotating->job->arena, "%.*s-结果.%s", stem < 150 ? stem : 0,
                                                     claim->file_name, annotating->xlsx ? "xlsx" : "csv"),
                                .purpose = file_purpose_find(state->made, PURPOSE_RESULT),
                                .account = claim->actor.account,
                                .organization = claim->actor.organization };
}

/* The file and the import's word of it in one transaction. */
static status_t
store(struct annotating *annotating)
{
    struct job_context *job = annotating->job;
    const struct organizations_state *state = job->state;
    struct file_store files = { .db = job->db, .arena = job->arena, .ring = &state->identity_ring, .now = job->now };
    struct file_piece piece = piece_of(annotating);
    struct file_writer writer;
    struct stored_file file;
    status_t st;

    file_writer_open(&writer, &files, &piece);
    db_begin(job->db);
    st = table_pour(job->arena, annotating->writer, &writer);
    if (!st)
        st = file_writer_close(&writer, &file);
    file_writer_done(&writer);
    if (!st)
        import_annotated(job->db, &annotating->claim, &piece.id);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st)
        db_rollback(job->db);
    return st;
}

/* A file that cannot be annotated is told so once and for all. */
static status_t
give_up(struct annotating *annotating)
{
    struct job_context *job = annotating->job;

    db_begin(job->db);
    import_annotated(job->db, &annotating->claim, NULL);
    return db_commit(job->db, job->arena);
}

static bool
is_over(status_t st)
{
    return st && st->problem->kind != STATUS_INTERNAL && !status_retryable(st);
}

static status_t
annotate(struct annotating *annotating)
{
    status_t st = import_file(annotating->job, &annotating->claim);

    if (!st)
        st = open_records(annotating);
    if (st)
        return is_over(st) ? give_up(annotating) : st;
    annotating->writer = sheet_writer_new(annotating->xlsx ? SHEET_XLSX : SHEET_CSV);
    annotating->page_arena = arena_new(PAGE_ROOM);
    st = write_rows(annotating);
    if (!st)
        st = store(annotating);
    if (st)
        st = arena_copy(annotating->job->arena, &(struct status){ .problem = st->problem }, sizeof *st);
    arena_free(annotating->page_arena);
    sheet_writer_free(annotating->writer);
    return st;
}

status_t
job_import_annotate(struct job_context *job, bool *ret_more)
{
    struct annotating annotating = { .job = job };
    status_t st = import_claim_annotation(job->db, job->arena, &annotating.claim);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    st = annotate(&annotating);
    if (db_is_open(job->db))
        st = status_join(job->arena, st, import_release(job->db, job->arena, &annotating.claim.id));
    *ret_more = !st;
    return st;
}
