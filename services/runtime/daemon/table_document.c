/* SPDX-License-Identifier: Apache-2.0 */
/* Tables to files. The jobs thread; a table owns its writer. */
#include "daemon/table_document.h"

#include <stdio.h>

#include "base/banned.h"

void
table_document_open(struct table_document *table, struct arena *arena, const char *const *headings, size_t count)
{
    struct sheet_cell *cells = arena_array(arena, count, sizeof *cells);

    table->writer = sheet_writer_new(table->format);
    for (size_t i = 0; i < count; i++)
        cells[i].text = slice_of(headings[i]);
    sheet_writer_row(table->writer, cells, count);
}

const char *
table_document_after(const struct table_document *table)
{
    return table->key[0] ? table->key : NULL;
}

void
table_document_turn(struct table_document *table, struct db_rows *rows, struct document_progress *progress)
{
    int count = db_count(rows);

    if (count)
        snprintf(table->key, sizeof table->key, "%s", db_text(rows, count - 1, "key"));
    progress->done += count;
    progress->last = count < TABLE_PAGE;
}

status_t
table_document_close(struct job_context *job, void *work, struct file_piece *piece)
{
    struct table_document *table = work;
    char day[DATE_SIZE];

    date_format(instant_date(job->now), day);
    piece->name = arena_printf(job->arena, "%s-%s.%s", table->title, day, table->format == SHEET_CSV ? "csv" : "xlsx");
    piece->purpose = table->purpose;
    return sheet_writer_close(table->writer);
}

status_t
table_document_pour(struct job_context *job, void *work, struct file_writer *writer)
{
    struct table_document *table = work;

    return table_pour(job->arena, table->writer, writer);
}

void
table_document_drop(void *work)
{
    struct table_document *table = work;

    sheet_writer_free(table->writer);
}

status_t
table_pour(struct arena *arena, struct sheet_writer *table, struct file_writer *writer)
{
    char *buffer = arena_alloc(arena, FILE_CHUNK);
    size_t got = 0;

    do {
        if (!sheet_writer_read(table, buffer, FILE_CHUNK, &got))
            return status_plain(PROBLEM_UNAVAILABLE);
        file_writer_add(writer, slice_make(buffer, got));
    } while (got);
    return OK;
}
