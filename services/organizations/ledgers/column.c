/* SPDX-License-Identifier: Apache-2.0 */
/* Cells to values, by kind. Pure but for the arena. */
#include "organizations/ledgers/column.h"

#include <inttypes.h>

#include "base/strbuf.h"
#include "base/text.h"
#include "organizations/members/identity_number.h"
#include "organizations/units/unit_code.h"
#include "base/banned.h"

#define NONE          ((enum problem_name)PROBLEM_COUNT) /* the cell is good */
#define CONTENT_LIMIT ((size_t)64 * 1024)
#define COUNT_DIGITS  9
#define NO_AMOUNT     (-1)

typedef enum problem_name cell_reader(struct arena *arena, const struct column *column, struct slice cell, void *field);

static enum problem_name
keep(struct arena *arena, struct slice cell, void *field)
{
    *(const char **)field = arena_text_slice(arena, cell);
    return NONE;
}

static enum problem_name
read_text(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    if (column->most && text_length(cell) > column->most)
        return PROBLEM_TOO_LONG;
    return keep(arena, cell, field);
}

static enum problem_name
read_code(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    if (looks_scientific(cell))
        return PROBLEM_SCIENTIFIC_NOTATION;
    if (column->most && cell.size > column->most)
        return PROBLEM_TOO_LONG;
    for (size_t i = 0; i < cell.size; i++) {
        char c = cell.data[i];

        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '-'))
            return PROBLEM_BAD_FORMAT;
    }
    return keep(arena, cell, field);
}

static enum problem_name
read_region(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)column;
    if (looks_scientific(cell))
        return PROBLEM_SCIENTIFIC_NOTATION;
    if (!text_is_digits(cell) || cell.size < 2 || cell.size > 12)
        return PROBLEM_BAD_FORMAT;
    return keep(arena, cell, field);
}

static enum problem_name
read_unit_code(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)column;
    if (looks_scientific(cell))
        return PROBLEM_SCIENTIFIC_NOTATION;
    if (!unit_code_fits(cell))
        return PROBLEM_BAD_FORMAT;
    return unit_code_is_good(cell) ? keep(arena, cell, field) : PROBLEM_BAD_CHECK_DIGIT;
}

static enum problem_name
read_identity(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    char number[IDENTITY_SIZE];
    enum identity_verdict verdict;

    if (column->masked && identity_is_masked(cell))
        return keep(arena, cell, field);
    verdict = identity_read(cell, number);
    return verdict == IDENTITY_GOOD ? keep(arena, slice_of(number), field) : identity_problem(verdict);
}

static enum problem_name
read_telephone(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    if (column->masked && telephone_is_masked(cell))
        return keep(arena, cell, field);
    if (looks_scientific(cell))
        return PROBLEM_SCIENTIFIC_NOTATION;
    return telephone_is_good(cell) ? keep(arena, cell, field) : PROBLEM_BAD_FORMAT;
}

static enum problem_name
read_date(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)arena;
    (void)column;
    return date_parse(cell, field) ? NONE : PROBLEM_BAD_DATE;
}

static enum problem_name
read_count(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    int64_t count = 0;

    (void)arena;
    (void)column;
    if (!text_is_digits(cell))
        return looks_scientific(cell) ? PROBLEM_SCIENTIFIC_NOTATION : PROBLEM_BAD_FORMAT;
    if (cell.size > COUNT_DIGITS)
        return PROBLEM_OUT_OF_RANGE;
    for (size_t i = 0; i < cell.size; i++)
        count = count * 10 + (cell.data[i] - '0');
    *(int64_t *)field = count;
    return NONE;
}

static enum problem_name
read_yuan(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)arena;
    (void)column;
    if (looks_scientific(cell))
        return PROBLEM_SCIENTIFIC_NOTATION;
    return money_parse_yuan(cell, field) ? NONE : PROBLEM_BAD_FORMAT;
}

static enum problem_name
read_yes_no(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)arena;
    (void)column;
    *(bool *)field = slice_is(cell, "是");
    return *(bool *)field || slice_is(cell, "否") ? NONE : PROBLEM_BAD_VALUE;
}

static enum problem_name
read_word(struct arena *arena, const struct column *column, struct slice cell, void *field)
{
    (void)arena;
    *(int *)field = word_of_ledger(column->words, cell);
    return *(int *)field ? NONE : PROBLEM_BAD_VALUE;
}

static cell_reader *const readers[] = {
    [CELL_TEXT] = read_text,           [CELL_CODE] = read_code,         [CELL_REGION] = read_region,
    [CELL_UNIT_CODE] = read_unit_code, [CELL_IDENTITY] = read_identity, [CELL_TELEPHONE] = read_telephone,
    [CELL_DATE] = read_date,           [CELL_COUNT] = read_count,       [CELL_YUAN] = read_yuan,
    [CELL_YES_NO] = read_yes_no,       [CELL_WORD] = read_word,
};

size_t
column_count(const struct ledger_form *form)
{
    size_t count = 0;

    while (form->columns[count].heading)
        count++;
    return count;
}

void
row_refuse(struct arena *arena, struct sheet_row *row, const char *column, enum problem_name problem)
{
    struct row_problem *added = arena_alloc(arena, sizeof *added);
    const struct row_problem **end = &row->problems;

    *added = (struct row_problem){ .column = column, .problem = problem };
    while (*end)
        end = (const struct row_problem **)(uintptr_t) & (*end)->next;
    *end = added;
    row->outcome = ROW_INVALID;
}

/* Whatever stood there before, as it does when a form changes a row. */
static void
read_empty(const struct column *column, void *field)
{
    switch (column->kind) {
    case CELL_DATE:
        *(date_t *)field = DATE_NONE;
        break;
    case CELL_YUAN:
        *(fen_t *)field = NO_AMOUNT;
        break;
    case CELL_COUNT:
        *(int64_t *)field = 0;
        break;
    case CELL_YES_NO:
        *(bool *)field = false;
        break;
    case CELL_WORD:
        *(int *)field = 0;
        break;
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_REGION:
    case CELL_UNIT_CODE:
    case CELL_IDENTITY:
    case CELL_TELEPHONE:
        *(const char **)field = NULL;
        break;
    }
}

/* An exported CSV puts an apostrophe before what a spreadsheet would take for a formula (io/sheet_writer.h). */
static struct slice
unguarded(struct slice cell)
{
    bool guarded = cell.size > 1 && cell.data[0] == '\'' && strchr("=+-@", cell.data[1]);

    return guarded ? slice_make(cell.data + 1, cell.size - 1) : cell;
}

void
column_read(struct arena *arena, const struct column *column, struct slice cell, struct sheet_row *row)
{
    void *field = (char *)row->data + column->offset;
    enum problem_name problem = NONE;

    cell = unguarded(cell);
    read_empty(column, field);
    if (cell.size == 0)
        problem = column->required ? PROBLEM_REQUIRED : NONE;
    else if (!text_is_clean(cell))
        problem = PROBLEM_BAD_TEXT;
    else
        problem = readers[column->kind](arena, column, cell, field);
    if (problem != NONE)
        row_refuse(arena, row, column->heading, problem);
}

static void
add_value(struct strbuf *content, const struct column *column, const void *field)
{
    switch (column->kind) {
    case CELL_DATE:
        strbuf_printf(content, "%" PRId32, *(const date_t *)field);
        break;
    case CELL_COUNT:
    case CELL_YUAN:
        strbuf_printf(content, "%" PRId64, *(const int64_t *)field);
        break;
    case CELL_YES_NO:
        strbuf_text(content, *(const bool *)field ? "yes" : "no");
        break;
    case CELL_WORD:
        strbuf_printf(content, "%d", *(const int *)field);
        break;
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_REGION:
    case CELL_UNIT_CODE:
    case CELL_IDENTITY:
    case CELL_TELEPHONE:
        strbuf_text(content, *(const char *const *)field ? *(const char *const *)field : "");
        break;
    }
}

struct slice
row_content(struct arena *arena, const struct ledger_form *form, const void *data)
{
    struct strbuf content;
    struct slice copy;

    strbuf_init(&content, CONTENT_LIMIT);
    for (const struct column *column = form->columns; column->heading; column++) {
        if (!column->elsewhere)
            add_value(&content, column, (const char *)data + column->offset);
        strbuf_char(&content, '\n');
    }
    copy = slice_of(arena_text_slice(arena, strbuf_slice(&content)));
    strbuf_done(&content);
    return copy;
}

static struct slice
write_yuan(struct arena *arena, fen_t fen)
{
    if (fen == NO_AMOUNT)
        return slice_of(NULL);
    return slice_of(arena_printf(arena, "%" PRId64 ".%02" PRId64, fen / 100, fen % 100));
}

struct slice
column_write(struct arena *arena, const struct column *column, const void *data)
{
    const void *field = (const char *)data + column->offset;
    char date[DATE_SIZE] = "";
    int word;

    switch (column->kind) {
    case CELL_DATE:
        if (*(const date_t *)field != DATE_NONE)
            date_format(*(const date_t *)field, date);
        return slice_of(arena_text(arena, date));
    case CELL_COUNT:
        return slice_of(arena_printf(arena, "%" PRId64, *(const int64_t *)field));
    case CELL_YUAN:
        return write_yuan(arena, *(const fen_t *)field);
    case CELL_YES_NO:
        return slice_of(*(const bool *)field ? "是" : "否");
    case CELL_WORD:
        word = *(const int *)field;
        return slice_of(word ? column->words[word - 1].ledger : NULL);
    case CELL_TEXT:
    case CELL_CODE:
    case CELL_REGION:
    case CELL_UNIT_CODE:
    case CELL_IDENTITY:
    case CELL_TELEPHONE:
        break;
    }
    return slice_of(*(const char *const *)field);
}

const char *
row_key(const struct ledger_form *form, const struct sheet_row *row)
{
    return row->data ? *(const char *const *)((const char *)row->data + form->key) : NULL;
}
