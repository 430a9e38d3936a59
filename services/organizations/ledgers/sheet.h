/* SPDX-License-Identifier: Apache-2.0 */
/* A whole ledger file as rows of values: encoding, header, cells, what is wrong within a row and between rows of the
 * file. Nothing here knows the database: two runs over the same bytes give the same rows in the same order, which is
 * what lets an interrupted import go on where it stopped. Pure but for the arena. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_SHEET_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_SHEET_H

#include "organizations/ledgers/heading.h"

#define SHEET_ROWS 50000 /* a file may have */

/* A file and how it is to be read: nothing else decides what its rows are. */
struct sheet_source {
    struct slice bytes;                   /* CSV or .xlsx, by content */
    const char *sheet;                    /* name within a workbook; NULL or empty: the first that is not hidden */
    const struct heading_choice *choices; /* of people, about headings */
    size_t n_choices;
};

struct sheet {
    const struct ledger_form *form;
    const struct sheet_heading *headings; /* as they stand in the file */
    size_t n_headings;
    size_t count;
    struct sheet_row **rows;   /* in the order of working: a row comes after the one it hangs on */
    struct sheet_row **by_key; /* first row of each key, sorted by key; n_keys of them */
    size_t n_keys;
    int64_t hidden;    /* rows that the spreadsheet does not show */
    const bool *lacks; /* by column: the file has none such; NULL: nothing is lacking */
};

/* BAD_HEADER or AMBIGUOUS_HEADER (the detail names the column; the headings are there), BAD_ENCODING or TOO_MANY when
 * the file as a whole cannot be read; statuses of xlsx_open for a workbook. */
status_t sheet_read(struct arena *arena, const struct ledger_form *form, const struct sheet_source *source,
                    date_t today, struct sheet **ret_sheet);
/* Reads the row's cells into its data and checks them against each other. */
void sheet_read_cells(struct arena *arena, const struct ledger_form *form, date_t today, struct sheet_row *row);
/* True when the file has no such column; the heading is the ledger's own. */
bool sheet_lacks(const struct sheet *sheet, const char *heading);
/* The first row with this key; NULL when there is none. */
struct sheet_row *sheet_find(const struct sheet *sheet, const char *key);

#endif
