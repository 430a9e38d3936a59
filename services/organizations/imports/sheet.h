/* SPDX-License-Identifier: Apache-2.0 */
/* A whole ledger file as rows of values: encoding, header, cells, what is wrong within a row and between rows of the
 * file. Nothing here knows the database: two runs over the same bytes give the same rows in the same order, which is
 * what lets an interrupted import go on where it stopped. Pure but for the arena. */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_SHEET_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_SHEET_H

#include "organizations/imports/column.h"

#define SHEET_ROWS 20000 /* a file may have: a million bytes of real rows are fewer */

struct sheet {
    const struct ledger_form *form;
    size_t count;
    struct sheet_row **rows;   /* in the order of working: a row comes after the one it hangs on */
    struct sheet_row **by_key; /* first row of each key, sorted by key; n_keys of them */
    size_t n_keys;
};

/* BAD_HEADER (the detail names the column), BAD_ENCODING or TOO_MANY when the file as a whole cannot be read. */
status_t sheet_read(struct arena *arena, const struct ledger_form *form, struct slice bytes, date_t today,
                    struct sheet **ret_sheet);
/* The first row with this key; NULL when there is none. */
struct sheet_row *sheet_find(const struct sheet *sheet, const char *key);

#endif
