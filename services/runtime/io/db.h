/* SPDX-License-Identifier: Apache-2.0 */
/* One PostgreSQL connection of one thread, always in pipeline mode: statements are queued and travel together.
 *
 *   db_begin(db);                        queued
 *   st = db_query_row(db, ..., &rows);   sends what is queued and this, one round trip, gives the row
 *   db_queue(db, ...);  db_queue(...);   effects: queued
 *   st = db_commit(db);                  effects and COMMIT in one round trip
 *
 * If one queued statement fails, those behind it and the COMMIT do not happen. After a failure inside a transaction
 * call db_rollback. Statements are prepared on first use and again after a reconnect.
 *
 * Time: db_deadline sets the moment (clock_ms) after which a waiting call gives the connection up and returns TIMEOUT;
 * keepalives and tcp_user_timeout find a dead server earlier. A COMMIT whose answer never came may have happened:
 * db_commit_unknown tells; ask the idempotency row on a new connection. */
#ifndef LIANGXIN_IO_DB_H
#define LIANGXIN_IO_DB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/id.h"
#include "base/status.h"

struct db;

/* Constant for the life of the process: a connection knows what it has prepared by the address. */
struct db_statement {
    const char *name; /* unique in the process; the server's name of the prepared statement */
    const char *sql;
};

/* --- arguments: filled in order $1, $2, ... ---------------------------------------------------------------------- */

#define DB_ARGS    48
#define DB_SCRATCH 1536

struct db_args {
    int count;
    const char *value[DB_ARGS];
    int length[DB_ARGS];
    int format[DB_ARGS];
    size_t used;
    char scratch[DB_SCRATCH]; /* texts of numbers, ids, dates */
};

/* Texts and bytes are not copied: they must live until the next round trip. */
void db_arg_text(struct db_args *args, const char *text); /* NULL: SQL null */
void db_arg_bytes(struct db_args *args, struct slice bytes);
void db_arg_i64(struct db_args *args, int64_t number);
void db_arg_bool(struct db_args *args, bool value);
void db_arg_id(struct db_args *args, const struct id *id); /* NULL: SQL null */
void db_arg_date(struct db_args *args, date_t date);       /* DATE_NONE: SQL null */
void db_arg_instant(struct db_args *args, instant_t at);
void db_arg_null(struct db_args *args);
/* Arrays for unnest(): text[]; a NULL item is SQL null. Built in `arena`. */
void db_arg_texts(struct db_args *args, struct arena *arena, const char *const *items, size_t count);
/* uuid[] and bigint[], in binary: the statement must take the parameter as such an array ($1::uuid[]). */
void db_arg_ids(struct db_args *args, struct arena *arena, const struct id *items, size_t count);
void db_arg_i64s(struct db_args *args, struct arena *arena, const int64_t *items, size_t count);

/* --- connection --------------------------------------------------------------------------------------------------- */

/* Prepares a connection object; nothing is connected yet. `dsn` is a libpq connection string. */
struct db *db_new(const char *dsn, const char *application);
void db_free(struct db *db);
/* Connects if not connected, waiting until the deadline; UNAVAILABLE at once while the back-off runs. */
status_t db_ready(struct arena *arena, struct db *db);
bool db_is_open(const struct db *db);
void db_deadline(struct db *db, int64_t at_ms);
/* True when the last failure is one that the whole transaction may simply repeat: serialization failure, deadlock,
 * stale plan, or the connection went before COMMIT was sent. */
bool db_may_repeat(const struct db *db);
bool db_commit_unknown(const struct db *db);
/* True when the last failure was the unique or check constraint of this name. */
bool db_violated(const struct db *db, const char *constraint);

/* --- statements --------------------------------------------------------------------------------------------------- */

struct db_rows;

void db_begin(struct db *db);
/* Queues a statement whose rows nobody needs. Arguments are copied. */
void db_queue(struct db *db, const struct db_statement *statement, const struct db_args *args);
/* What a transaction may add to one table many times. */
struct db_many {
    const struct db_statement *one; /* takes a row */
    const struct db_statement *set; /* takes rows: $1, $2 ... as arrays, $1::text[] or $1::bytea[] */
    uint32_t bytes;                 /* bit n - 1: $n is a bytea[] */
};

/* Adds a row; arguments are copied. Rows of the same `many` (constant for the life of the process) travel as one
 * statement, behind all that is queued before the next round trip; one row alone as `one`. */
void db_gather(struct db *db, const struct db_many *many, const struct db_args *args);
/* True when more is queued than a transaction of many effects should add to: db_flush before the next. A connection
 * ends the process when over 1,024 statements wait. */
bool db_queue_is_long(const struct db *db);
/* Sends what is queued and gathered; one round trip; nothing when there is nothing. */
status_t db_flush(struct db *db, struct arena *arena);
/* Sends what is queued and gathered and this; the rows live in `arena`. */
status_t db_query(struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
                  struct db_rows **ret_rows);
/* As db_query, for one row: NOT_FOUND when there is none. */
status_t db_query_row(struct db *db, struct arena *arena, const struct db_statement *statement,
                      const struct db_args *args, struct db_rows **ret_row);
status_t db_commit(struct db *db, struct arena *arena);
/* Forgets what is queued and rolls back; never fails (a broken connection has no transaction). */
void db_rollback(struct db *db);
/* Parses the statement on the server without running it: the test of every statement. */
status_t db_check(struct db *db, struct arena *arena, const struct db_statement *statement);

/* --- rows: typed readers by column name; the first mistake is sticky, db_rows_status tells it ----------------------
 */

int db_count(const struct db_rows *rows);
bool db_is_null(struct db_rows *rows, int row, const char *column);
const char *db_text(struct db_rows *rows, int row, const char *column); /* NULL for SQL null */
int64_t db_i64(struct db_rows *rows, int row, const char *column);      /* 0 for SQL null */
bool db_bool(struct db_rows *rows, int row, const char *column);        /* false for SQL null */
date_t db_date(struct db_rows *rows, int row, const char *column);      /* DATE_NONE for SQL null */
instant_t db_instant(struct db_rows *rows, int row, const char *column);
struct id db_id(struct db_rows *rows, int row, const char *column); /* nil for SQL null */
struct slice db_bytes(struct db_rows *rows, int row, const char *column);
status_t db_rows_status(const struct db_rows *rows);

#endif
