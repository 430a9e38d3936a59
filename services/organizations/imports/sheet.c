/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to rows. Pure but for the arena; runs on the jobs thread. */
#include "organizations/imports/sheet.h"

#include <stdlib.h>

#include "base/text.h"
#include "organizations/imports/csv.h"
#include "organizations/imports/encoding.h"
#include "organizations/imports/sheet_order.h"
#include "base/banned.h"

#define ABSENT SIZE_MAX

/* Where each column of the form stands in the file. */
struct header {
    size_t place[CSV_CELLS];
    size_t width; /* cells of the header row */
};

struct reading {
    struct arena *arena;
    const struct ledger_form *form;
    struct decoder *decoder;
    struct header header;
    date_t today;
};

static const struct column *
find_column(const struct ledger_form *form, struct slice heading)
{
    for (const struct column *column = form->columns; column->heading; column++)
        if (slice_is(heading, column->heading))
            return column;
    return NULL;
}

static status_t
bad_header(struct arena *arena, const char *what, struct slice heading)
{
    if (heading.size > 64)
        heading.size = 64;
    return status_detail(arena, PROBLEM_BAD_HEADER, "%s: %s", what,
                         text_is_clean(heading) ? arena_text_slice(arena, heading) : "?");
}

static status_t
place_headings(struct reading *reading, const struct csv_record *record)
{
    struct header *header = &reading->header;

    header->width = record->count;
    for (size_t i = 0; i < CSV_CELLS; i++)
        header->place[i] = ABSENT;
    for (size_t i = 0; i < record->count; i++) {
        const struct column *column;
        struct slice heading;

        if (!decoder_read(reading->decoder, record->cell[i], &heading))
            return status_plain(PROBLEM_BAD_ENCODING);
        heading = text_trim(encoding_skip_mark(heading));
        column = find_column(reading->form, heading);
        if (!column)
            return bad_header(reading->arena, "unknown", heading);
        if (header->place[column - reading->form->columns] != ABSENT)
            return bad_header(reading->arena, "twice", heading);
        header->place[column - reading->form->columns] = i;
    }
    return OK;
}

static status_t
read_header(struct reading *reading, const struct csv_record *record)
{
    status_t st = place_headings(reading, record);

    for (size_t i = 0; !st && reading->form->columns[i].heading; i++)
        if (reading->header.place[i] == ABSENT)
            return bad_header(reading->arena, "missing", slice_of(reading->form->columns[i].heading));
    return st;
}

static bool
is_ascii(const struct csv_record *record)
{
    for (size_t i = 0; i < record->count; i++)
        for (size_t k = 0; k < record->cell[i].size; k++)
            if ((unsigned char)record->cell[i].data[k] >= 0x80)
                return false;
    return true;
}

/* A header of ASCII words says nothing of the encoding: the first record that is more than ASCII does. */
static enum encoding
encoding_of_rows(struct arena *arena, struct csv_reader reader)
{
    struct csv_record record;

    while (csv_next(&reader, arena, &record)) {
        bool utf8 = true;

        if (is_ascii(&record))
            continue;
        for (size_t i = 0; i < record.count; i++)
            utf8 = utf8 && text_is_utf8(record.cell[i]);
        return utf8 ? ENCODING_UTF8 : ENCODING_GB18030;
    }
    return ENCODING_UTF8;
}

/* Tries the header in both encodings; the better answer is the one about columns. */
static status_t
choose_encoding(struct reading *reading, const struct csv_record *record, const struct csv_reader *after)
{
    status_t as_utf8;
    status_t as_gb18030;

    reading->decoder = decoder_open(reading->arena, ENCODING_UTF8);
    as_utf8 = read_header(reading, record);
    if (is_ascii(record) && !as_utf8) {
        reading->decoder = decoder_open(reading->arena, encoding_of_rows(reading->arena, *after));
        return OK;
    }
    if (!as_utf8 || !status_is(as_utf8, PROBLEM_BAD_ENCODING))
        return as_utf8;
    reading->decoder = decoder_open(reading->arena, ENCODING_GB18030);
    as_gb18030 = read_header(reading, record);
    return as_gb18030;
}

/* The cells in the order of the columns; a cell of neither encoding is the row's problem. */
static bool
decode_cells(struct reading *reading, const struct csv_record *record, struct sheet_row *row)
{
    size_t count = column_count(reading->form);
    struct slice *cells = arena_array(reading->arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        if (!decoder_read(reading->decoder, record->cell[reading->header.place[i]], &cells[i]))
            row_refuse(reading->arena, row, reading->form->columns[i].heading, PROBLEM_BAD_ENCODING);
        else
            cells[i] = text_trim(cells[i]);
    }
    row->cells = row->problems ? NULL : cells;
    return row->cells != NULL;
}

static struct sheet_row *
read_row(struct reading *reading, const struct csv_record *record)
{
    const struct ledger_form *form = reading->form;
    struct sheet_row *row = arena_alloc(reading->arena, sizeof *row);

    row->row = record->row;
    if (record->broken || record->count != reading->header.width) {
        row_refuse(reading->arena, row, NULL, PROBLEM_BAD_ROW);
        return row;
    }
    if (!decode_cells(reading, record, row))
        return row;
    row->data = arena_alloc(reading->arena, form->data_size);
    for (size_t i = 0; form->columns[i].heading; i++)
        column_read(reading->arena, &form->columns[i], row->cells[i], row);
    if (!row->problems && form->check)
        form->check(reading->arena, row, reading->today);
    return row;
}

static size_t
count_records(struct arena *arena, struct csv_reader reader)
{
    struct csv_record record;
    size_t count = 0;

    while (csv_next(&reader, arena, &record))
        count++;
    return count;
}

status_t
sheet_read(struct arena *arena, const struct ledger_form *form, struct slice bytes, date_t today,
           struct sheet **ret_sheet)
{
    struct reading reading = { .arena = arena, .form = form, .today = today };
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct csv_reader reader;
    struct csv_record record;
    size_t rows;
    status_t st;

    csv_open(&reader, encoding_skip_mark(bytes));
    if (!csv_next(&reader, arena, &record) || record.broken)
        return bad_header(arena, "missing", slice_of(form->columns[0].heading));
    st = choose_encoding(&reading, &record, &reader);
    if (st)
        return st;
    rows = count_records(arena, reader);
    if (rows > SHEET_ROWS)
        return status_detail(arena, PROBLEM_TOO_MANY, "more than %d rows", SHEET_ROWS);
    sheet->form = form;
    sheet->rows = arena_array(arena, rows + 1, sizeof(struct sheet_row *));
    while (csv_next(&reader, arena, &record))
        sheet->rows[sheet->count++] = read_row(&reading, &record);
    sheet_find_repeats(arena, sheet);
    sheet_order(arena, sheet);
    *ret_sheet = sheet;
    return OK;
}
