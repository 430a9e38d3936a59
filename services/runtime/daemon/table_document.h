/* SPDX-License-Identifier: Apache-2.0 */
/* Documents that are tables (daemon/document_queue.h): read page by page behind a unique key, written row by row into a
 * workbook or CSV, so that the whole is never in memory. A kind's work begins with a struct table_document; its close,
 * pour and drop are those below. The jobs thread. */
#ifndef LIANGXIN_DAEMON_TABLE_DOCUMENT_H
#define LIANGXIN_DAEMON_TABLE_DOCUMENT_H

#include "daemon/document_queue.h"
#include "io/sheet_writer.h"

#define TABLE_PAGE     2000 /* rows read in one step */
#define TABLE_KEY_SIZE 128

struct table_document {
    const char *title; /* of the file: 党员台账 */
    const struct file_purpose *purpose;
    enum sheet_format format;
    struct sheet_writer *writer;
    char key[TABLE_KEY_SIZE]; /* of the last row read; empty: none yet */
};

/* Begins the table with its heading. */
void table_document_open(struct table_document *table, struct arena *arena, const char *const *headings, size_t count);
/* The argument of a statement that reads what comes after the last row. */
const char *table_document_after(const struct table_document *table);
/* After the rows of a page are written: remembers the `key` of the last one, and whether it was the last page. */
void table_document_turn(struct table_document *table, struct db_rows *rows, struct document_progress *progress);

/* Callbacks of a kind whose work begins with a struct table_document. */
status_t table_document_close(struct job_context *job, void *work, struct file_piece *piece);
status_t table_document_pour(struct job_context *job, void *work, struct file_writer *writer);
void table_document_drop(void *work);

/* A finished table into a file that is open; `arena` holds one chunk of it. UNAVAILABLE: it cannot be read back. */
status_t table_pour(struct arena *arena, struct sheet_writer *table, struct file_writer *writer);

#endif
