/* SPDX-License-Identifier: Apache-2.0 */
/* CSV and workbooks into an unnamed temporary file. The jobs thread; a writer owns its file and its workbook. */
#include "io/sheet_writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

#include "base/check.h"
#include "base/banned.h"

#define MARK        "\xef\xbb\xbf" /* so that spreadsheets read UTF-8 */
#define FOLDER      "/tmp"
#define CELL_LIMIT  1000 /* bytes of a cell; columns are shorter */
#define CELL_WIDTH  18.0 /* characters */
#define NUMBER_SIZE 32

struct sheet_writer {
    enum sheet_format format;
    FILE *file;             /* unnamed; NULL: none could be had */
    lxw_workbook *workbook; /* writes to `file` when closed; NULL: CSV */
    lxw_worksheet *sheet;
    lxw_format *as_text; /* so that digits stay text when somebody edits them */
    lxw_format *as_heading;
    lxw_row_t rows;
    enum problem_name failed; /* PROBLEM_COUNT: nothing has */
};

static void
open_workbook(struct sheet_writer *writer)
{
    char path[64];
    lxw_workbook_options options = { .constant_memory = 1, .tmpdir = (char *)(uintptr_t)FOLDER, .use_zip64 = 0 };

    snprintf(path, sizeof path, "/proc/self/fd/%d", fileno(writer->file));
    writer->workbook = workbook_new_opt(path, &options);
    CHECK(writer->workbook != NULL);
    writer->sheet = workbook_add_worksheet(writer->workbook, NULL);
    writer->as_text = workbook_add_format(writer->workbook);
    format_set_num_format(writer->as_text, "@");
    writer->as_heading = workbook_add_format(writer->workbook);
    format_set_bold(writer->as_heading);
    worksheet_freeze_panes(writer->sheet, 1, 0);
}

struct sheet_writer *
sheet_writer_new(enum sheet_format format)
{
    struct sheet_writer *writer = calloc(1, sizeof *writer);

    CHECK(writer != NULL);
    *writer = (struct sheet_writer){ .format = format, .failed = PROBLEM_COUNT };
    writer->file = tmpfile();
    if (!writer->file)
        writer->failed = PROBLEM_UNAVAILABLE;
    else if (format == SHEET_XLSX)
        open_workbook(writer);
    else
        fputs(MARK, writer->file);
    return writer;
}

void
sheet_writer_free(struct sheet_writer *writer)
{
    if (!writer)
        return;
    if (writer->workbook)
        (void)workbook_close(writer->workbook); /* frees it; the file is thrown away */
    if (writer->file)
        fclose(writer->file);
    free(writer);
}

static bool
looks_like_formula(struct slice text)
{
    return text.size && strchr("=+-@", text.data[0]) != NULL;
}

static void
write_csv_cell(FILE *csv, const struct sheet_cell *cell)
{
    bool guarded = !cell->number && looks_like_formula(cell->text);
    bool quoted = false;

    for (size_t i = 0; i < cell->text.size; i++)
        quoted = quoted || strchr(",\"\r\n", cell->text.data[i]);
    if (quoted)
        fputc('"', csv);
    if (guarded)
        fputc('\'', csv);
    for (size_t i = 0; i < cell->text.size; i++) {
        if (cell->text.data[i] == '"')
            fputc('"', csv);
        fputc(cell->text.data[i], csv);
    }
    if (quoted)
        fputc('"', csv);
}

static void
write_xlsx_cell(struct sheet_writer *writer, lxw_col_t column, const struct sheet_cell *cell)
{
    char text[CELL_LIMIT + 1];
    size_t size = cell->text.size < CELL_LIMIT ? cell->text.size : CELL_LIMIT;

    if (size == 0)
        return;
    memcpy(text, cell->text.data, size);
    text[size] = '\0';
    if (cell->number)
        worksheet_write_number(writer->sheet, writer->rows, column, strtod(text, NULL), NULL);
    else
        worksheet_write_string(writer->sheet, writer->rows, column, text, writer->rows ? NULL : writer->as_heading);
}

/* Columns are set before the first row: in constant memory what is written is written. */
static void
set_columns(struct sheet_writer *writer, size_t count)
{
    worksheet_set_column(writer->sheet, 0, (lxw_col_t)(count ? count - 1 : 0), CELL_WIDTH, writer->as_text);
}

void
sheet_writer_row(struct sheet_writer *writer, const struct sheet_cell *cells, size_t count)
{
    if (writer->failed == PROBLEM_COUNT && writer->format == SHEET_XLSX && writer->rows == SHEET_XLSX_ROWS)
        writer->failed = PROBLEM_TOO_MANY;
    if (writer->failed != PROBLEM_COUNT)
        return;
    if (writer->format == SHEET_XLSX && writer->rows == 0)
        set_columns(writer, count);
    for (size_t i = 0; i < count; i++) {
        if (writer->format == SHEET_XLSX) {
            write_xlsx_cell(writer, (lxw_col_t)i, &cells[i]);
        } else {
            if (i)
                fputc(',', writer->file);
            write_csv_cell(writer->file, &cells[i]);
        }
    }
    if (writer->format == SHEET_CSV)
        fputs("\r\n", writer->file);
    writer->rows++;
}

static bool
end_table(struct sheet_writer *writer)
{
    lxw_workbook *workbook = writer->workbook;

    writer->workbook = NULL;
    if (workbook && workbook_close(workbook) != LXW_NO_ERROR)
        return false;
    return fflush(writer->file) == 0 && !ferror(writer->file) && fseek(writer->file, 0, SEEK_SET) == 0;
}

status_t
sheet_writer_close(struct sheet_writer *writer)
{
    if (writer->file && !end_table(writer) && writer->failed == PROBLEM_COUNT)
        writer->failed = PROBLEM_UNAVAILABLE; /* the disk is full */
    return writer->failed == PROBLEM_COUNT ? OK : status_plain(writer->failed);
}

bool
sheet_writer_read(struct sheet_writer *writer, char *buffer, size_t size, size_t *ret_got)
{
    *ret_got = fread(buffer, 1, size, writer->file);
    return !ferror(writer->file);
}
