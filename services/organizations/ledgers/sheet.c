/* SPDX-License-Identifier: Apache-2.0 */
/* From bytes to rows. Pure but for the arena; runs on the jobs thread. */
#include "organizations/ledgers/sheet.h"

#include <stdlib.h>

#include "base/text.h"
#include "organizations/ledgers/sheet_order.h"
#include "organizations/tables/csv.h"
#include "organizations/tables/encoding.h"
#include "organizations/tables/xlsx.h"
#include "base/banned.h"

#define ABSENT    SIZE_MAX
#define ROWS_FROM 512

/* Where each column of the form stands in the file. */
struct header {
    size_t place[RECORD_CELLS];
    size_t width; /* cells of the header row */
};

struct reading {
    struct arena *arena;
    const struct ledger_form *form;
    const struct sheet_source *source;
    struct sheet *sheet;
    struct csv_reader csv;
    struct xlsx *xlsx; /* NULL: it is CSV */
    struct decoder *decoder;
    struct header header;
    date_t today;
};

static bool
next_record(struct reading *reading, struct record *record)
{
    if (reading->xlsx)
        return xlsx_next(reading->xlsx, record);
    return csv_next(&reading->csv, reading->arena, record);
}

static status_t
bad_header(struct arena *arena, enum problem_name problem, const char *what, struct slice heading)
{
    if (heading.size > 64)
        heading.size = 64;
    return status_detail(arena, problem, "%s: %s", what,
                         text_is_clean(heading) ? arena_text_slice(arena, heading) : "?");
}

/* The heading's words, as long as they are text that may be shown. */
static const char *
heading_text(struct arena *arena, struct slice heading)
{
    return text_is_clean(heading) && heading.size < HEADING_SIZE ? arena_text_slice(arena, heading) : "?";
}

static status_t
place_heading(struct reading *reading, size_t i, struct slice heading, struct sheet_heading *ret_heading)
{
    const struct sheet_source *source = reading->source;
    const struct column *column;
    size_t *place;

    ret_heading->text = heading_text(reading->arena, heading);
    if (!heading_find(reading->form, source->choices, source->n_choices, heading, &column))
        return bad_header(reading->arena, PROBLEM_BAD_HEADER, "unknown", heading);
    ret_heading->column = column ? column->heading : "";
    if (!column)
        return OK;
    place = &reading->header.place[column - reading->form->columns];
    if (*place != ABSENT)
        return bad_header(reading->arena, PROBLEM_AMBIGUOUS_HEADER, "twice", slice_of(column->heading));
    *place = i;
    return OK;
}

/* All headings are looked at, so that all can be asked about; the first thing wrong is told. */
static status_t
place_headings(struct reading *reading, const struct record *record)
{
    struct sheet_heading *headings = arena_array(reading->arena, record->count + 1, sizeof *headings);
    struct header *header = &reading->header;
    status_t st = OK;

    header->width = record->count;
    for (size_t i = 0; i < RECORD_CELLS; i++)
        header->place[i] = ABSENT;
    for (size_t i = 0; i < record->count; i++) {
        struct slice heading;
        status_t wrong;

        if (!decoder_read(reading->decoder, record->cell[i], &heading))
            return status_plain(PROBLEM_BAD_ENCODING);
        wrong = place_heading(reading, i, text_trim(encoding_skip_mark(heading)), &headings[i]);
        st = st ? st : wrong;
    }
    reading->sheet->headings = headings;
    reading->sheet->n_headings = record->count;
    return st;
}

/* What the rows cannot say. */
static void
note_lacking(struct reading *reading)
{
    size_t count = column_count(reading->form);
    bool *lacks = arena_array(reading->arena, count, sizeof *lacks);

    for (size_t i = 0; i < count; i++)
        lacks[i] = reading->header.place[i] == ABSENT;
    reading->sheet->lacks = lacks;
}

static status_t
read_header(struct reading *reading, const struct record *record)
{
    status_t st = place_headings(reading, record);

    for (size_t i = 0; !st && reading->form->columns[i].heading; i++)
        if (reading->header.place[i] == ABSENT && !reading->form->columns[i].may_lack)
            return bad_header(reading->arena, PROBLEM_BAD_HEADER, "missing",
                              slice_of(reading->form->columns[i].heading));
    if (!st)
        note_lacking(reading);
    return st;
}

static bool
is_ascii(const struct record *record)
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
    struct record record;

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
choose_encoding(struct reading *reading, const struct record *record)
{
    status_t as_utf8;

    reading->decoder = decoder_open(reading->arena, ENCODING_UTF8);
    as_utf8 = read_header(reading, record);
    if (reading->xlsx)
        return as_utf8;
    if (is_ascii(record) && !as_utf8) {
        reading->decoder = decoder_open(reading->arena, encoding_of_rows(reading->arena, reading->csv));
        return OK;
    }
    if (!as_utf8 || !status_is(as_utf8, PROBLEM_BAD_ENCODING))
        return as_utf8;
    reading->decoder = decoder_open(reading->arena, ENCODING_GB18030);
    return read_header(reading, record);
}

static enum problem_name
fault_problem(uint8_t fault)
{
    return fault == CELL_DIGITS_LOST ? PROBLEM_DIGITS_LOST : PROBLEM_CELL_ERROR;
}

/* The cells in the order of the columns; a cell of neither encoding, or that the spreadsheet has spoilt, is the row's
 * problem. */
static bool
decode_cells(struct reading *reading, const struct record *record, struct sheet_row *row)
{
    size_t count = column_count(reading->form);
    struct slice *cells = arena_array(reading->arena, count, sizeof *cells);

    for (size_t i = 0; i < count; i++) {
        const char *heading = reading->form->columns[i].heading;
        size_t place = reading->header.place[i];

        if (place == ABSENT)
            cells[i] = slice_of("");
        else if (record->fault[place])
            row_refuse(reading->arena, row, heading, fault_problem(record->fault[place]));
        else if (!decoder_read(reading->decoder, record->cell[place], &cells[i]))
            row_refuse(reading->arena, row, heading, PROBLEM_BAD_ENCODING);
        else
            cells[i] = text_trim(cells[i]);
    }
    row->cells = row->problems ? NULL : cells;
    return row->cells != NULL;
}

static struct sheet_row *
read_row(struct reading *reading, const struct record *record)
{
    struct sheet_row *row = arena_alloc(reading->arena, sizeof *row);

    row->row = record->row;
    if (record->broken || record->count != reading->header.width)
        row_refuse(reading->arena, row, NULL, PROBLEM_BAD_ROW);
    else if (decode_cells(reading, record, row))
        sheet_read_cells(reading->arena, reading->form, reading->today, row);
    return row;
}

void
sheet_read_cells(struct arena *arena, const struct ledger_form *form, date_t today, struct sheet_row *row)
{
    row->data = arena_alloc(arena, form->data_size);
    for (size_t i = 0; form->columns[i].heading; i++)
        column_read(arena, &form->columns[i], row->cells[i], row);
    if (!row->problems && form->check)
        form->check(arena, row, today);
}

static status_t
read_rows(struct reading *reading)
{
    struct sheet *sheet = reading->sheet;
    struct record record;
    size_t room = 0;

    while (next_record(reading, &record)) {
        if (sheet->count == SHEET_ROWS)
            return status_detail(reading->arena, PROBLEM_TOO_MANY, "more than %d rows", SHEET_ROWS);
        if (sheet->count == room) {
            struct sheet_row **rows = sheet->rows;

            room = room ? room * 2 : ROWS_FROM;
            sheet->rows = arena_array(reading->arena, room, sizeof *rows);
            if (rows)
                memcpy(sheet->rows, rows, sheet->count * sizeof *rows);
        }
        sheet->rows[sheet->count++] = read_row(reading, &record);
    }
    return OK;
}

static status_t
open_source(struct reading *reading)
{
    if (xlsx_fits(reading->source->bytes))
        return xlsx_open(reading->arena, reading->source->bytes, reading->source->sheet, &reading->xlsx);
    csv_open(&reading->csv, encoding_skip_mark(reading->source->bytes));
    return OK;
}

status_t
sheet_read(struct arena *arena, const struct ledger_form *form, const struct sheet_source *source, date_t today,
           struct sheet **ret_sheet)
{
    struct sheet *sheet = arena_alloc(arena, sizeof *sheet);
    struct reading reading = { .arena = arena, .form = form, .source = source, .sheet = sheet, .today = today };
    struct record record;
    status_t st = open_source(&reading);

    *ret_sheet = sheet;
    sheet->form = form;
    if (st)
        return st;
    if (!next_record(&reading, &record) || record.broken)
        return bad_header(arena, PROBLEM_BAD_HEADER, "missing", slice_of(form->columns[0].heading));
    st = choose_encoding(&reading, &record);
    if (!st)
        st = read_rows(&reading);
    if (st)
        return st;
    sheet->hidden = reading.xlsx ? xlsx_hidden(reading.xlsx) : 0;
    sheet_find_repeats(arena, sheet);
    sheet_order(arena, sheet);
    return OK;
}

bool
sheet_lacks(const struct sheet *sheet, const char *heading)
{
    for (size_t i = 0; sheet->lacks && sheet->form->columns[i].heading; i++)
        if (strcmp(sheet->form->columns[i].heading, heading) == 0)
            return sheet->lacks[i];
    return false;
}
