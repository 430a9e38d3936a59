/* SPDX-License-Identifier: Apache-2.0 */
/* What db.c, db_exchange.c, db_error.c and db_rows.c share. */
#ifndef LIANGXIN_IO_DB_PRIVATE_H
#define LIANGXIN_IO_DB_PRIVATE_H

#include <libpq-fe.h>

#include "base/strbuf.h"
#include "io/db.h"

#define DB_PREPARED 1024 /* statements one connection may prepare: more than a service has */
#define DB_QUEUE    1024 /* statements between two round trips */
#define DB_GATHERED 4    /* kinds of rows that a transaction gathers */
#define DB_COLUMNS  16   /* of such a row */
#define DB_ROWS     1000 /* that go as one statement */

enum db_step { DB_STEP_PREPARE, DB_STEP_RUN, DB_STEP_COMMIT };

struct db_queued {
    enum db_step step;
    const struct db_statement *statement;
};

/* Rows on their way to one table, a column an array. */
struct db_gathered {
    const struct db_many *many; /* NULL: the place is free */
    int columns;
    int rows;
    bool has_null[DB_COLUMNS];
    struct strbuf array[DB_COLUMNS]; /* the binary form of a text[] or bytea[] */
};

struct db {
    char *dsn;
    char application[64];
    PGconn *conn; /* NULL while disconnected */
    int64_t deadline_ms;
    int64_t retry_at_ms; /* no connect before this moment */
    int64_t backoff_ms;
    const struct db_statement *prepared[DB_PREPARED]; /* in the order of preparing */
    int n_prepared;
    int n_confirmed;                  /* the server has said yes to the first n */
    bool stale;                       /* the plans no longer fit: reconnect before the next use */
    struct db_queued queue[DB_QUEUE]; /* sent to libpq, not yet synced */
    int n_queue;
    struct db_gathered gathered[DB_GATHERED];
    bool queue_failed; /* a send failed: the connection goes at the next flush */
    bool in_transaction;
    bool may_repeat;
    bool commit_unknown;
    char sqlstate[6];
    char constraint[64];
};

/* db.c */
void db_disconnect(struct db *db);

/* db_exchange.c */
status_t db_wait(struct arena *arena, struct db *db, bool for_reading);
void
db_send_statement(struct db *db, const struct db_statement *statement, const struct db_args *args, enum db_step step);
/* Syncs and reads all answers; the rows of the last statement go to `ret_last` when it is not NULL. */
status_t db_exchange(struct db *db, struct arena *arena, PGresult **ret_last);

/* db_gather.c: queues what was gathered; forgets it. */
void db_gather_queue(struct db *db);
void db_gather_forget(struct db *db);
void db_gather_free(struct db *db);

/* db_error.c */
status_t db_error(struct arena *arena, struct db *db, const PGresult *result);
status_t db_lost(struct arena *arena, struct db *db, enum problem_name problem, const char *why);

/* db_rows.c */
struct db_rows *db_rows_new(struct arena *arena, PGresult *result);

#endif
