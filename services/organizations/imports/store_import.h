/* SPDX-License-Identifier: Apache-2.0 */
/* Imports, their files and their rows in the database: for the API (store_import.c), for the jobs
 * (store_import_work.c). */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_STORE_IMPORT_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_STORE_IMPORT_H

#include "daemon/daemon.h"
#include "organizations/imports/ledger.h"
#include "organizations/page.h"

#define IMPORT_CHUNK ((size_t)256 * 1024) /* bytes of a file in one row */

/* store_import.c: rows have the columns of import_to_wire. Out of scope is NOT_FOUND. */
struct import_draft {
    struct id id;
    const char *ledger;
    const char *file_name;
    struct slice content;
};

/* Queues the import and its file. */
void import_insert(struct call *call, const struct import_draft *draft);
status_t import_find(struct call *call, const struct id *id, struct db_rows **ret_row);
status_t import_lock(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Clears the counts of the dry run and begins the commit; a file without rows has succeeded. Gives the row. */
status_t import_begin_commit(struct call *call, const struct id *id, bool good_rows_only, struct db_rows **ret_row);
/* Columns row, outcome, problems: "column US code" joined by RS. `outcome` NULL: all. */
status_t import_rows(struct call *call, const struct id *id, const char *outcome, const struct page *page,
                     struct db_rows **ret_rows);

extern const struct db_statement sql_import_insert;
extern const struct db_statement sql_import_chunk_insert;
extern const struct db_statement sql_import_find;
extern const struct db_statement sql_import_lock;
extern const struct db_statement sql_import_begin_commit;
extern const struct db_statement sql_import_rows;

/* store_import_work.c */
struct import_claim {
    struct id id;
    const char *ledger;
    bool committing; /* else: the dry run */
    struct actor actor;
    struct id request;
    int64_t done;
    int64_t bases_done;
    const char *base_month;
};

struct import_counts {
    int64_t read;
    int64_t of[ROW_INVALID + 1]; /* by outcome */
};

/* The import that has waited longest and that nobody works on; its row is locked until the transaction ends. NOT_FOUND
 * when there is none. */
status_t import_claim_rows(struct db *db, struct arena *arena, struct import_claim *ret_claim);
/* The one whose rows are all in, but not its bases. Not locked: peers are called before anything is written. */
status_t import_next_bases(struct db *db, struct arena *arena, struct import_claim *ret_claim);
/* The whole file, opened. */
status_t import_file(struct job_context *job, const struct id *id, struct slice *ret_bytes);
/* Queue what became of the rows, of the import, of its bases. */
void import_rows_write(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count);
void import_validated(struct import_work *work, const struct id *id, const struct import_counts *counts);
void import_failed(struct import_work *work, const struct id *id, status_t why);
/* Adds the counts of a chunk. The import has succeeded with the last one, unless bases are still to be told. */
void import_advance(struct import_work *work, const struct import_claim *claim, const struct import_counts *counts,
                    bool last);
void import_bases_advance(struct db *db, const struct import_claim *claim, int64_t done, bool last, instant_t now);
/* Puts it behind the others: it could not be worked on now. */
void import_postpone(struct db *db, const struct id *id, instant_t now);
/* Entities of rows first..last of the file, by row. */
status_t import_entities(struct db *db, struct arena *arena, const struct id *id, int64_t first, int64_t last,
                         struct db_rows **ret_rows);

/* Removes files of imports that rest since `before`; those never committed have failed with IMPORT_OVER. */
status_t import_sweep(struct db *db, struct arena *arena, instant_t before, int64_t *ret_swept);

extern const struct db_statement sql_import_claim_rows;
extern const struct db_statement sql_import_next_bases;
extern const struct db_statement sql_import_file;
extern const struct db_statement sql_import_rows_write;
extern const struct db_statement sql_import_validated;
extern const struct db_statement sql_import_failed;
extern const struct db_statement sql_import_advance;
extern const struct db_statement sql_import_bases_advance;
extern const struct db_statement sql_import_postpone;
extern const struct db_statement sql_import_entities;
extern const struct db_statement sql_import_sweep;

#endif
