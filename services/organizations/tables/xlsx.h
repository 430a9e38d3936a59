/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of one sheet of an .xlsx workbook (ECMA-376), as texts: what people see in the cells, not how it is kept there.
 *
 * - Numbers are written out, at most 15 digits, which is all a spreadsheet keeps; more is CELL_DIGITS_LOST.
 * - A number with a date format is YYYY-MM-DD, in the 1900 or the 1904 calendar. True and false are 是 and 否.
 * - A formula counts as what it last gave; none, or an error, is CELL_ERROR.
 * - Rows in front with a single cell are the sheet's title and are passed over. A header merged over several rows or
 *   columns is one row: of each column the lowest words count.
 * - Hidden rows are rows, and counted. Rows without any content are none.
 *
 * Everything a stranger can make large has a limit. Pure but for the arena; fuzzed. */
#ifndef LIANGXIN_ORGANIZATIONS_TABLES_XLSX_H
#define LIANGXIN_ORGANIZATIONS_TABLES_XLSX_H

#include "base/status.h"
#include "organizations/tables/record.h"

#define XLSX_ROWS    100000                     /* with content */
#define XLSX_CELL    4000                       /* bytes of one cell */
#define XLSX_STRINGS 500000                     /* shared strings */
#define XLSX_TEXT    ((size_t)16 * 1024 * 1024) /* bytes of all cells and shared strings */
#define XLSX_SHEETS  64
#define XLSX_FORMATS 10000 /* cell formats; merged areas as well */

struct xlsx;

/* By content: true for what can only be an archive. */
bool xlsx_fits(struct slice bytes);
/* Reads the sheet of this name; NULL or empty: the first that is not hidden. BAD_XLSX when it is no workbook,
 * UNKNOWN_SHEET, XLSX_BOMB, TOO_MANY (rows, columns, sheets ...) or TOO_LONG (a cell); the detail says of what. */
status_t xlsx_open(struct arena *arena, struct slice bytes, const char *sheet, struct xlsx **ret_xlsx);
/* The next row; false at the end. The first is the header. A record has as many cells as the header at least. */
bool xlsx_next(struct xlsx *xlsx, struct record *ret_record);
/* Hidden rows below the header. */
int64_t xlsx_hidden(const struct xlsx *xlsx);

#endif
