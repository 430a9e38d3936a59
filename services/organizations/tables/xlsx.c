/* SPDX-License-Identifier: Apache-2.0 */
/* The sheet itself: rows and cells out of XML, then the header made one row. The thread that reads a table. */
#include "organizations/tables/xlsx.h"

#include <stdlib.h>

#include "base/strbuf.h"
#include "organizations/tables/xlsx_book.h"
#include "organizations/tables/xlsx_number.h"
#include "organizations/tables/xml.h"
#include "base/banned.h"

#define LAST_ROW    1048576 /* of a spreadsheet */
#define HEADER_DEEP 4       /* rows a header may be merged over */
#define NO_COLUMN   SIZE_MAX
#define YES         "是"
#define NO          "否"

struct row {
    int64_t row;
    size_t count; /* up to the last cell with content */
    struct slice *cell;
    uint8_t *fault;
    bool hidden;
};

/* A merged area, columns and rows from 0 and 1. */
struct merge {
    size_t left;
    size_t right;
    int64_t top;
    int64_t bottom;
};

struct xlsx {
    struct xlsx_book book;
    struct grown rows; /* struct row */
    struct grown merges;
    size_t next;  /* of rows, to be given out */
    size_t width; /* of the header */
    int64_t hidden;
    int64_t row; /* in hand; 0: none yet */
    bool row_hidden;
    size_t column;
    size_t count;
    struct slice cell[RECORD_CELLS];
    uint8_t fault[RECORD_CELLS];
    char kind[16]; /* attribute t of the cell in hand */
    size_t format;
    struct strbuf value;
    bool in_value;
    bool has_formula;
    int phonetic;
};

bool
xlsx_fits(struct slice bytes)
{
    return bytes.size >= 4 && memcmp(bytes.data, "PK\x03\x04", 4) == 0;
}

/* "AB12" to column 27 and row 12; NO_COLUMN when it is no place. */
static size_t
read_place(const char *text, int64_t *ret_row)
{
    size_t column = 0;

    for (; *text >= 'A' && *text <= 'Z' && column <= LAST_ROW; text++)
        column = column * 26 + (size_t)(*text - 'A' + 1);
    *ret_row = strtoll(text, NULL, 10);
    return column ? column - 1 : NO_COLUMN;
}

static status_t
begin_row(struct xlsx *xlsx, const char **attributes)
{
    const char *number = xml_attribute(attributes, "r");
    const char *hidden = xml_attribute(attributes, "hidden");
    int64_t row = number ? strtoll(number, NULL, 10) : xlsx->row + 1;

    if (row <= xlsx->row || row > LAST_ROW)
        return status_detail(xlsx->book.arena, PROBLEM_BAD_XLSX, "rows are out of order");
    xlsx->row = row;
    xlsx->row_hidden = hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
    xlsx->count = 0;
    xlsx->column = NO_COLUMN;
    memset(xlsx->cell, 0, sizeof xlsx->cell);
    memset(xlsx->fault, 0, sizeof xlsx->fault);
    return OK;
}

static status_t
begin_cell(struct xlsx *xlsx, const char **attributes)
{
    const char *place = xml_attribute(attributes, "r");
    const char *kind = xml_attribute(attributes, "t");
    const char *format = xml_attribute(attributes, "s");
    int64_t row = xlsx->row;
    size_t column = place ? read_place(place, &row) : xlsx->column + 1; /* the first: NO_COLUMN + 1 is 0 */

    if (column == NO_COLUMN || row != xlsx->row || (xlsx->column != NO_COLUMN && column <= xlsx->column))
        return status_detail(xlsx->book.arena, PROBLEM_BAD_XLSX, "cells are out of order");
    xlsx->column = column;
    xlsx->format = format ? (size_t)strtoul(format, NULL, 10) : 0;
    xlsx->has_formula = false;
    memset(xlsx->kind, 0, sizeof xlsx->kind);
    if (kind && strlen(kind) < sizeof xlsx->kind)
        memcpy(xlsx->kind, kind, strlen(kind));
    strbuf_reset(&xlsx->value);
    return OK;
}

static status_t
add_merge(struct xlsx *xlsx, const char *area)
{
    const char *second = area ? strchr(area, ':') : NULL;
    struct merge merge = { 0 };
    void *item;
    status_t st;

    if (!second)
        return OK;
    merge.left = read_place(area, &merge.top);
    merge.right = read_place(second + 1, &merge.bottom);
    if (merge.left == NO_COLUMN || merge.right == NO_COLUMN)
        return OK;
    st = grown_add(xlsx->book.arena, &xlsx->merges, sizeof merge, XLSX_FORMATS, "merged areas", &item);
    if (!st)
        *(struct merge *)item = merge;
    return st;
}

static status_t
begin_element(void *context, const char *name, const char **attributes)
{
    struct xlsx *xlsx = context;

    if (strcmp(name, "row") == 0)
        return begin_row(xlsx, attributes);
    if (strcmp(name, "c") == 0)
        return begin_cell(xlsx, attributes);
    if (strcmp(name, "mergeCell") == 0)
        return add_merge(xlsx, xml_attribute(attributes, "ref"));
    if (strcmp(name, "f") == 0)
        xlsx->has_formula = true;
    if (strcmp(name, "rPh") == 0)
        xlsx->phonetic++;
    xlsx->in_value = strcmp(name, "v") == 0 || (strcmp(name, "t") == 0 && !xlsx->phonetic);
    return OK;
}

static status_t
add_value(void *context, struct slice text)
{
    struct xlsx *xlsx = context;

    if (!xlsx->in_value)
        return OK;
    strbuf_add(&xlsx->value, text.data, text.size);
    if (!xlsx->value.failed)
        return OK;
    return status_detail(xlsx->book.arena, PROBLEM_TOO_LONG, "row %lld: a cell of more than %d bytes",
                         (long long)xlsx->row, XLSX_CELL);
}

static bool
shows_day(const struct xlsx *xlsx)
{
    return xlsx->format < xlsx->book.dates.count && ((const bool *)(const void *)xlsx->book.dates.items)[xlsx->format];
}

static status_t
shared_string(struct xlsx *xlsx, struct slice value, struct slice *ret_text)
{
    size_t no = (size_t)strtoul(value.size ? value.data : "-", NULL, 10);

    if (no >= xlsx->book.strings.count)
        return status_detail(xlsx->book.arena, PROBLEM_BAD_XLSX, "a string is not there");
    *ret_text = ((const struct slice *)(const void *)xlsx->book.strings.items)[no];
    return OK;
}

/* The cell as a text, by what kind of cell it is. */
static status_t
cell_text(struct xlsx *xlsx, struct slice value, struct slice *ret_text, uint8_t *ret_fault)
{
    struct arena *arena = xlsx->book.arena;

    if (strcmp(xlsx->kind, "s") == 0)
        return shared_string(xlsx, value, ret_text);
    if (strcmp(xlsx->kind, "e") == 0 || (xlsx->has_formula && value.size == 0 && strcmp(xlsx->kind, "str") != 0))
        *ret_fault = CELL_ERROR;
    else if (strcmp(xlsx->kind, "b") == 0)
        *ret_text = slice_of(slice_is(value, "1") ? YES : NO);
    else if (strcmp(xlsx->kind, "str") == 0 || strcmp(xlsx->kind, "inlineStr") == 0)
        return book_keep(&xlsx->book, value, ret_text);
    else if (strcmp(xlsx->kind, "d") == 0)
        return book_keep(&xlsx->book, slice_make(value.data, value.size < 10 ? value.size : 10), ret_text);
    else if (value.size == 0)
        return OK;
    else if (shows_day(xlsx))
        *ret_fault = (uint8_t)serial_text(arena, value, xlsx->book.from_1904, ret_text);
    else
        *ret_fault = (uint8_t)number_text(arena, value, ret_text);
    if (ret_text->data == value.data) /* as it was: the buffer is used again */
        return book_keep(&xlsx->book, value, ret_text);
    return OK;
}

static status_t
end_cell(struct xlsx *xlsx)
{
    struct slice text = slice_of(NULL);
    uint8_t fault = CELL_FINE;
    status_t st = cell_text(xlsx, strbuf_slice(&xlsx->value), &text, &fault);

    if (st || (text.size == 0 && fault == CELL_FINE))
        return st;
    if (xlsx->column >= RECORD_CELLS)
        return status_detail(xlsx->book.arena, PROBLEM_TOO_MANY, "more than %d columns", RECORD_CELLS);
    xlsx->cell[xlsx->column] = text;
    xlsx->fault[xlsx->column] = fault;
    xlsx->count = xlsx->column + 1;
    return OK;
}

static status_t
end_row(struct xlsx *xlsx)
{
    struct row *row;
    void *item;
    status_t st;

    if (xlsx->count == 0)
        return OK;
    st = grown_add(xlsx->book.arena, &xlsx->rows, sizeof *row, XLSX_ROWS, "rows", &item);
    if (st)
        return st;
    row = item;
    *row = (struct row){ .row = xlsx->row, .count = xlsx->count, .hidden = xlsx->row_hidden };
    row->cell = arena_copy(xlsx->book.arena, xlsx->cell, xlsx->count * sizeof *xlsx->cell);
    row->fault = arena_copy(xlsx->book.arena, xlsx->fault, xlsx->count);
    return OK;
}

static status_t
end_element(void *context, const char *name)
{
    struct xlsx *xlsx = context;

    xlsx->in_value = false;
    if (strcmp(name, "rPh") == 0)
        xlsx->phonetic--;
    if (strcmp(name, "c") == 0)
        return end_cell(xlsx);
    return strcmp(name, "row") == 0 ? end_row(xlsx) : OK;
}

static struct row *
row_at(const struct xlsx *xlsx, size_t i)
{
    return i < xlsx->rows.count ? &((struct row *)(void *)xlsx->rows.items)[i] : NULL;
}

static size_t
cells_with_content(const struct row *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->count; i++)
        count += row->cell[i].size > 0 || row->fault[i];
    return count;
}

/* The last row that an area beginning in the header's row reaches. */
static int64_t
header_bottom(const struct xlsx *xlsx, const struct row *header)
{
    int64_t bottom = header->row;

    for (size_t i = 0; i < xlsx->merges.count; i++) {
        const struct merge *merge = &((const struct merge *)(const void *)xlsx->merges.items)[i];

        if (merge->top == header->row && merge->bottom > bottom)
            bottom = merge->bottom;
    }
    return bottom < header->row + HEADER_DEEP ? bottom : header->row + HEADER_DEEP - 1;
}

/* Lower words take the place of those above. */
static void
lay_over(struct row *header, const struct row *lower)
{
    struct slice *cell = header->cell;

    for (size_t i = 0; i < lower->count && i < header->count; i++)
        if (lower->cell[i].size > 0)
            cell[i] = lower->cell[i];
}

/* Widens the header, so that a lower row may be longer than it. */
static void
widen(struct xlsx *xlsx, struct row *header, size_t count)
{
    struct slice *cell = arena_array(xlsx->book.arena, count, sizeof *cell);
    uint8_t *fault = arena_alloc(xlsx->book.arena, count);

    memcpy(cell, header->cell, header->count * sizeof *cell);
    header->cell = cell;
    header->fault = fault;
    header->count = count;
}

/* Passes over the title and makes the header one row. */
static void
settle_header(struct xlsx *xlsx)
{
    struct row *header;
    int64_t bottom;

    while (xlsx->next + 1 < xlsx->rows.count && cells_with_content(row_at(xlsx, xlsx->next)) == 1)
        xlsx->next++;
    header = row_at(xlsx, xlsx->next);
    if (!header)
        return;
    bottom = header_bottom(xlsx, header);
    for (struct row *lower; (lower = row_at(xlsx, xlsx->next + 1)) && lower->row <= bottom; xlsx->next++) {
        if (lower->count > header->count)
            widen(xlsx, header, lower->count);
        lay_over(header, lower);
        *lower = *header;
    }
    xlsx->width = header->count;
    for (size_t i = xlsx->next + 1; i < xlsx->rows.count; i++)
        xlsx->hidden += row_at(xlsx, i)->hidden;
}

status_t
xlsx_open(struct arena *arena, struct slice bytes, const char *sheet, struct xlsx **ret_xlsx)
{
    struct xlsx *xlsx = arena_alloc(arena, sizeof *xlsx);
    struct xml_handler handler = { .context = xlsx, .begin = begin_element, .end = end_element, .text = add_value };
    status_t st = xlsx_book_open(arena, bytes, sheet, &xlsx->book);

    if (st)
        return st;
    strbuf_init(&xlsx->value, XLSX_CELL);
    st = xml_read(arena, xlsx->book.zip, xlsx->book.part, &handler);
    strbuf_done(&xlsx->value);
    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_detail(arena, PROBLEM_BAD_XLSX, "the sheet has no part") : st;
    settle_header(xlsx);
    *ret_xlsx = xlsx;
    return OK;
}

bool
xlsx_next(struct xlsx *xlsx, struct record *ret_record)
{
    const struct row *row = row_at(xlsx, xlsx->next);

    if (!row)
        return false;
    xlsx->next++;
    memset(ret_record, 0, sizeof *ret_record);
    ret_record->row = row->row;
    ret_record->count = row->count > xlsx->width ? row->count : xlsx->width;
    for (size_t i = 0; i < RECORD_CELLS; i++)
        ret_record->cell[i] = i < row->count && row->cell[i].data ? row->cell[i] : slice_of(NULL);
    memcpy(ret_record->fault, row->fault, row->count);
    return true;
}

int64_t
xlsx_hidden(const struct xlsx *xlsx)
{
    return xlsx->hidden;
}
