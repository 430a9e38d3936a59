/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of imports as messages. */
#include "organizations/imports/wire_import.h"

#include "organizations/imports/outcomes.h"
#include "base/banned.h"

#define PROBLEM_END '\x1e' /* between two problems of a row */
#define COLUMN_END  '\x1f' /* between a problem's column and its code */

#define NOT_KNOWN "\x1d" /* instead of a heading's column */

static size_t
count_parts(const char *text)
{
    size_t count = 1;

    for (; *text; text++)
        count += *text == PROBLEM_END;
    return count;
}

/* "heading US column", both cut out of `text`. */
static ImportHeading *
read_heading(struct arena *arena, char *text)
{
    ImportHeading *heading = import_heading_new(arena);
    char *column = strchr(text, COLUMN_END);

    if (!column)
        return heading;
    *column++ = '\0';
    heading->heading = text;
    heading->known = strcmp(column, NOT_KNOWN) != 0;
    heading->column = wire_text(heading->known ? column : NULL);
    return heading;
}

static void
read_headings(struct arena *arena, const char *joined, Import *out)
{
    char *text = arena_text(arena, joined);

    out->headings = arena_array(arena, count_parts(joined), sizeof(ImportHeading *));
    while (text) {
        char *end = strchr(text, PROBLEM_END);

        if (end)
            *end++ = '\0';
        out->headings[out->n_headings++] = read_heading(arena, text);
        text = end;
    }
}

static char *
instant_text(struct arena *arena, instant_t at)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    instant_format(at, text);
    return text;
}

void
import_to_wire(struct arena *arena, struct db_rows *row, Import *out)
{
    const char *headings = db_text(row, 0, "headings");

    out->id = wire_text(db_text(row, 0, "id"));
    out->ledger = (Ledger)word_of_code(ledger_names, db_text(row, 0, "ledger"));
    out->state = (ImportState)word_of_code(import_states, db_text(row, 0, "state"));
    out->file_name = wire_text(db_text(row, 0, "file_name"));
    out->read = db_i64(row, 0, "read");
    out->created = db_i64(row, 0, "created");
    out->updated = db_i64(row, 0, "updated");
    out->unchanged = db_i64(row, 0, "unchanged");
    out->duplicate = db_i64(row, 0, "duplicate");
    out->invalid = db_i64(row, 0, "invalid");
    out->done = db_i64(row, 0, "done");
    out->problem = wire_text(db_text(row, 0, "problem"));
    out->problem_detail = wire_text(db_text(row, 0, "problem_detail"));
    out->created_at = instant_text(arena, db_instant(row, 0, "created_at"));
    out->version = db_i64(row, 0, "version");
    out->hidden = db_i64(row, 0, "hidden");
    out->undone = db_i64(row, 0, "undone");
    out->kept = db_i64(row, 0, "kept");
    if (!db_is_null(row, 0, "undo_until"))
        out->undo_until = instant_text(arena, db_instant(row, 0, "undo_until"));
    if (headings)
        read_headings(arena, headings, out);
}

/* "column US code", both cut out of `text`. */
static RowProblem *
read_problem(struct arena *arena, char *text)
{
    RowProblem *problem = row_problem_new(arena);
    char *code = strchr(text, COLUMN_END);
    const struct problem *known;

    if (!code)
        return problem;
    *code++ = '\0';
    problem->column = text;
    problem->code = code;
    known = problem_find(code);
    problem->detail = wire_text(known ? known->zh : NULL);
    return problem;
}

static void
read_problems(struct arena *arena, const char *joined, ImportRow *out)
{
    char *text = arena_text(arena, joined);

    out->problems = arena_array(arena, count_parts(joined), sizeof(RowProblem *));
    while (text) {
        char *end = strchr(text, PROBLEM_END);

        if (end)
            *end++ = '\0';
        out->problems[out->n_problems++] = read_problem(arena, text);
        text = end;
    }
}

void
import_row_to_wire(struct arena *arena, struct db_rows *rows, int row, ImportRow *out)
{
    const char *problems = db_text(rows, row, "problems");

    out->row = db_i64(rows, row, "row");
    out->outcome = (RowOutcome)word_of_code(row_outcomes, db_text(rows, row, "outcome"));
    out->undo = (UndoOutcome)word_of_code(undo_outcomes, db_text(rows, row, "undo"));
    out->kept_code = wire_text(db_text(rows, row, "kept_code"));
    if (problems)
        read_problems(arena, problems, out);
}
