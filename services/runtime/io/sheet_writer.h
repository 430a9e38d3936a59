/* SPDX-License-Identifier: Apache-2.0 */
/* A table written row by row into a file without a name, which is gone with the process: CSV, or a workbook by
 * libxlsxwriter in its constant-memory mode. What a cell holds is never a formula: a text stays a text, in CSV by an
 * apostrophe before = + - @, which the import takes off again.
 *
 * Used by one thread. The first failure is sticky and told by sheet_writer_close. */
#ifndef LIANGXIN_IO_SHEET_WRITER_H
#define LIANGXIN_IO_SHEET_WRITER_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/status.h"

enum sheet_format { SHEET_XLSX = 1, SHEET_CSV };

#define SHEET_XLSX_ROWS 1048576 /* rows of a worksheet, the heading included */

struct sheet_writer;

struct sheet_cell {
    struct slice text;
    bool number; /* where it is not empty */
};

struct sheet_writer *sheet_writer_new(enum sheet_format format);
/* Accepts NULL. */
void sheet_writer_free(struct sheet_writer *writer);
/* The first row is the heading. Too many rows for a workbook fail as TOO_MANY. */
void sheet_writer_row(struct sheet_writer *writer, const struct sheet_cell *cells, size_t count);
/* Ends the table. The file is then read from its beginning by sheet_writer_read. */
status_t sheet_writer_close(struct sheet_writer *writer);
/* The next bytes into `buffer`; 0 at the end. False when it cannot be read. */
bool sheet_writer_read(struct sheet_writer *writer, char *buffer, size_t size, size_t *ret_got);

#endif
