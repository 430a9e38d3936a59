/* SPDX-License-Identifier: Apache-2.0 */
/* Exports as documents that are tables, a page a step, with the scope judged again in each. On the jobs thread. */
#include "organizations/exports/job_exports.h"

#include "daemon/table_document.h"
#include "organizations/exports/cell.h"
#include "organizations/exports/export_ledger.h"
#include "organizations/files/purposes.h"
#include "organizations/imports/outcomes.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

struct exporting {
    struct table_document table; /* first */
    const struct document_claim *claim;
    const CreateExportRequest *wish;
    const struct export_ledger *ledger;
    date_t day; /* that is over; DATE_NONE: as it is */
};

static void
write_heading(struct exporting *work, struct arena *arena)
{
    const struct ledger_form *form = work->ledger->form;
    size_t count = column_count(form);
    const char **headings = arena_array(arena, count, sizeof *headings);

    for (size_t i = 0; i < count; i++)
        headings[i] = form->columns[i].heading;
    table_document_open(&work->table, arena, headings, count);
}

static status_t
begin(struct job_context *job, const struct document_claim *claim, struct arena *arena, void **ret_work)
{
    const struct organizations_state *state = job->state;
    struct exporting *work = arena_alloc(arena, sizeof *work);
    bool csv;

    work->claim = claim;
    work->wish = (const CreateExportRequest *)claim->wish;
    work->ledger = export_ledger_find(word_code(ledger_names, (int)work->wish->ledger));
    work->day = DATE_NONE;
    if (work->wish->as_of[0] && date_parse(slice_of(work->wish->as_of), &work->day) && work->day >= claim->asked_on)
        work->day = DATE_NONE;
    csv = work->wish->format == LIANGXIN__ORGANIZATIONS__V1__EXPORT_FORMAT__EXPORT_FORMAT_CSV;
    work->table = (struct table_document){ .title = work->ledger->title,
                                           .purpose = file_purpose_find(state->made, PURPOSE_EXPORT),
                                           .format = csv ? SHEET_CSV : SHEET_XLSX };
    write_heading(work, arena);
    *ret_work = work;
    return OK;
}

static const char *
text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

/* In the order of enum export_filter. */
static void
arg_filters(struct db_args *args, const struct exporting *work)
{
    unsigned filters = work->ledger->filters;

    db_arg_id(args, actor_scope(&work->claim->actor));
    db_arg_text(args, text_or_null(work->wish->organization_id));
    if (filters & EXPORT_BY_CODE)
        db_arg_text(args, text_or_null(work->wish->code));
    if (filters & EXPORT_BY_SUPERIOR)
        db_arg_text(args, text_or_null(work->wish->superior_id));
    if (filters & EXPORT_OF_DAY)
        db_arg_date(args, work->day);
}

static status_t
count_rows(struct job_context *job, const struct exporting *work, int64_t *ret_total)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    arg_filters(&args, work);
    st = db_query_row(job->db, job->arena, work->ledger->count, &args, &row);
    if (st)
        return st;
    *ret_total = db_i64(row, 0, "n");
    return db_rows_status(row);
}

static status_t
read_page(struct job_context *job, const struct exporting *work, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    arg_filters(&args, work);
    db_arg_text(&args, table_document_after(&work->table));
    db_arg_i64(&args, TABLE_PAGE);
    return db_query(job->db, job->arena, work->ledger->page, &args, ret_rows);
}

static void
write_row(const struct exporting *work, struct arena *arena, const void *data)
{
    const struct column *columns = work->ledger->form->columns;
    size_t count = column_count(work->ledger->form);
    struct sheet_cell *cells = arena_array(arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++)
        cells[i] = (struct sheet_cell){ cell_text(arena, &columns[i], data), cell_is_number(&columns[i]) };
    sheet_writer_row(work->table.writer, cells, count);
}

static status_t
write_page(struct job_context *job, const struct exporting *work, struct db_rows *rows)
{
    struct export_page page = { .arena = job->arena, .state = job->state, .reveal = work->wish->reason[0] };

    for (int i = 0; i < db_count(rows); i++) {
        void *data = arena_alloc(job->arena, work->ledger->form->data_size);
        status_t st = work->ledger->read(&page, rows, i, data);

        if (st)
            return st;
        write_row(work, job->arena, data);
    }
    return OK;
}

static status_t
add(struct job_context *job, void *data, struct document_progress *progress)
{
    struct exporting *work = data;
    struct db_rows *rows = NULL;
    status_t st = progress->total ? OK : count_rows(job, work, &progress->total);

    if (!st)
        st = read_page(job, work, &rows);
    if (!st)
        st = write_page(job, work, rows);
    if (st)
        return st;
    table_document_turn(&work->table, rows, progress);
    return db_rows_status(rows);
}

static const struct seal_ring *
ring(const void *state)
{
    return &((const struct organizations_state *)state)->identity_ring;
}

static const struct document_kind kind = {
    EXPORT_KIND,
    &liangxin__organizations__v1__create_export_request__descriptor,
    begin,
    add,
    table_document_close,
    table_document_pour,
    table_document_drop,
};
static const struct document_kind *const kinds[] = { &kind, NULL };

static struct document_queue queue = { .kinds = kinds, .ring = ring };

status_t
job_exports(struct job_context *job, bool *ret_more)
{
    return document_queue_step(&queue, job, ret_more);
}
