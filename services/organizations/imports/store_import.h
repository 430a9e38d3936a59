/* SPDX-License-Identifier: Apache-2.0 */
/* Imports and their rows in the database: for the API (store_import.c), for the jobs (store_import_claim.c: whose turn
 * it is; store_import_work.c: what was done). */
#ifndef LIANGXIN_ORGANIZATIONS_IMPORTS_STORE_IMPORT_H
#define LIANGXIN_ORGANIZATIONS_IMPORTS_STORE_IMPORT_H

#include "daemon/daemon.h"
#include "organizations/ledgers/ledger.h"
#include "rpc/page.h"

/* store_import.c: rows have the columns of import_to_wire. Out of scope is NOT_FOUND. */
struct import_draft {
    struct id id;
    struct id file;
    const char *ledger;
    const char *file_name;
    const char *sheet;                    /* NULL: the first that is not hidden */
    const struct heading_choice *choices; /* of this request; they are remembered */
    size_t n_choices;
};

/* Which rows are listed; NULL: all. */
struct import_filter {
    const char *outcome;
    const char *undo;
};

/* Remembers the choices and queues the import with all that are remembered. */
void import_insert(struct call *call, const struct import_draft *draft);
status_t import_find(struct call *call, const struct id *id, struct db_rows **ret_row);
status_t import_lock(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Clears the counts of the dry run and begins the commit; a file without rows has succeeded. Gives the row. */
status_t import_begin_commit(struct call *call, const struct id *id, bool good_rows_only, struct db_rows **ret_row);
status_t import_cancel(struct call *call, const struct id *id, struct db_rows **ret_row);
status_t import_begin_undo(struct call *call, const struct id *id, struct db_rows **ret_row);
/* Columns row, outcome, undo, kept_code, problems: "column US code" joined by RS. */
status_t import_rows(struct call *call, const struct id *id, const struct import_filter *filter,
                     const struct page *page, struct db_rows **ret_rows);

extern const struct db_statement sql_import_heading_put;
extern const struct db_statement sql_import_insert;
extern const struct db_statement sql_import_find;
extern const struct db_statement sql_import_lock;
extern const struct db_statement sql_import_begin_commit;
extern const struct db_statement sql_import_cancel;
extern const struct db_statement sql_import_begin_undo;
extern const struct db_statement sql_import_rows;

/* store_import_claim.c */
struct import_claim {
    struct id id;
    const char *ledger;
    const char *state;
    struct actor actor; /* the uploader, as he acted then */
    struct id request;
    struct id file;
    const char *file_name;
    struct sheet_source source; /* but for the bytes */
    int64_t done;
    int64_t undo_done;
    int64_t bases_done;
    int64_t bases_tries;
    const char *base_month;
};

/* The import that has waited longest and that nobody works on. It is the connection's own until import_release, or
 * until the connection ends: a dead worker holds nothing. NOT_FOUND when there is none. */
status_t import_claim(struct db *db, struct arena *arena, struct import_claim *ret_claim);
status_t import_release(struct db *db, struct arena *arena, const struct id *id);
/* The one with rows whose bases dues has not been told. Not claimed: peers are called before anything is written. */
status_t import_next_bases(struct db *db, struct arena *arena, struct import_claim *ret_claim);
/* The one that rests and whose annotated file is not of its present state; claimed like the others. */
status_t import_claim_annotation(struct db *db, struct arena *arena, struct import_claim *ret_claim);
/* Locks the import's row for one chunk; NOT_FOUND when it is no longer in this state or at this place. */
status_t import_lock_chunk(struct db *db, struct arena *arena, const struct import_claim *claim);
/* The whole file. IMPORT_OVER when it is gone. */
status_t import_file(struct job_context *job, struct import_claim *claim);
/* Puts it behind the others: it could not be worked on now. */
void import_postpone(struct db *db, const struct id *id, instant_t now);

extern const struct db_statement sql_import_waiting;
extern const struct db_statement sql_import_unannotated;
extern const struct db_statement sql_import_annotatable;
extern const struct db_statement sql_import_seize;
extern const struct db_statement sql_import_claimed;
extern const struct db_statement sql_import_release;
extern const struct db_statement sql_import_next_bases;
extern const struct db_statement sql_import_lock_chunk;
extern const struct db_statement sql_import_postpone;

/* store_import_work.c: all but the reads are queued. */
struct import_counts {
    int64_t read;
    int64_t of[ROW_INVALID + 1]; /* by outcome */
};

/* The dry run begins, at the first row. */
void import_begin_check(struct import_work *work, const struct id *id);
/* What became of the rows; `written`: they are in the ledger, with what undoing them takes. */
void
import_rows_write(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count, bool written);
/* Adds the counts of a chunk; `end` NULL: more is to come. */
void import_advance(struct import_work *work, const struct id *id, const struct import_counts *counts, const char *end);
/* It ends: the file cannot be read. `sheet` may hold its headings, or be NULL. */
void import_failed(struct import_work *work, const struct id *id, status_t why);
void import_bases_advance(struct db *db, const struct import_claim *claim, int64_t done, bool last, instant_t now);
/* One more try of the bases that dues did not take for a reason of its own. */
void import_bases_again(struct db *db, const struct id *id, instant_t now);
/* The base of these rows was refused: a problem of the row, which stays what it was. */
void import_bases_refused(struct db *db, struct arena *arena, const struct id *id, const char *const *rows,
                          size_t count, const char *column);
/* Entities of rows first..last of the file, by row. */
status_t import_entities(struct db *db, struct arena *arena, const struct id *id, int64_t first, int64_t last,
                         struct db_rows **ret_rows);
/* Imports that rest since `before` uncommitted have failed with IMPORT_OVER; what rows held before the import is
 * forgotten when it was written before `forget`. */
status_t import_sweep(struct db *db, struct arena *arena, instant_t before, instant_t forget, int64_t *ret_swept);

extern const struct db_statement sql_import_begin_check;
extern const struct db_statement sql_import_rows_write;
extern const struct db_statement sql_import_failed;
extern const struct db_statement sql_import_advance;
extern const struct db_statement sql_import_bases_advance;
extern const struct db_statement sql_import_bases_again;
extern const struct db_statement sql_import_bases_refused;
extern const struct db_statement sql_import_entities;
extern const struct db_statement sql_import_sweep;
extern const struct db_statement sql_import_forget;

/* store_import_annotation.c */
/* A page of rows in the file's order behind `after`: row, outcome, undo, kept_code, problems as import_rows has them.
 */
status_t import_results(struct db *db, struct arena *arena, const struct id *id, int64_t after, int64_t limit,
                        struct db_rows **ret_rows);
/* Queued: the file of this state is made. */
void import_annotated(struct db *db, const struct import_claim *claim, const struct id *file);
/* The file of the actor's own import: NOT_FOUND when it is not his or there will be none, BUSY until it is made. */
status_t import_annotation(struct call *call, const struct id *id, struct id *ret_file);

extern const struct db_statement sql_import_results;
extern const struct db_statement sql_import_annotated;
extern const struct db_statement sql_import_annotation;

/* store_import_undo.c */
/* Of these rows those that wrote something: row, outcome, entity_version, former. */
status_t import_written(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count,
                        struct db_rows **ret_rows);
/* Removes what these rows created; the rows whose thing is gone, as column `row`. */
status_t import_remove_created(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count,
                               struct db_rows **ret_rows);
/* What became of a row: `why` NULL: undone. */
struct undo_result {
    int64_t row;
    const char *why; /* slug */
};
/* Queues the results and the progress; `last`: the import is undone. */
void import_undo_advance(struct import_work *work, const struct id *id, const struct undo_result *results, size_t count,
                         size_t looked_at, bool last);

extern const struct db_statement sql_import_written;
extern const struct db_statement sql_import_remove_created;
extern const struct db_statement sql_import_undo_rows;
extern const struct db_statement sql_import_undo_advance;

#endif
