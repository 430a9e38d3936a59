/* SPDX-License-Identifier: Apache-2.0 */
/* One PostgreSQL connection: connect with back-off, transactions, statements. Used by the thread that made it. */
#include "io/db.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "io/db_private.h"
#include "base/banned.h"

#define BACKOFF_FIRST_MS 100
#define BACKOFF_MOST_MS  2000
#define NO_DEADLINE      INT64_MAX

/* jit: compiling a plan costs more than any statement of ours runs. lock_timeout: a second call that waits for the
 * first one's row or key gives up after 2 s and is told BUSY */
#define SESSION_OPTIONS                                                                                                \
    "-c timezone=UTC -c datestyle=ISO -c lock_timeout=2000 -c idle_in_transaction_session_timeout=60000 "              \
    "-c statement_timeout=30000 -c synchronous_commit=on -c jit=off"

static const struct db_statement sql_begin = { "begin", "BEGIN" };
static const struct db_statement sql_commit = { "commit", "COMMIT" };
static const struct db_statement sql_rollback = { "rollback", "ROLLBACK" };

struct db *
db_new(const char *dsn, const char *application)
{
    struct db *db = calloc(1, sizeof *db);

    CHECK(db != NULL);
    db->dsn = strdup(dsn);
    CHECK(db->dsn != NULL);
    snprintf(db->application, sizeof db->application, "%s", application);
    db->deadline_ms = NO_DEADLINE;
    return db;
}

void
db_free(struct db *db)
{
    if (!db)
        return;
    db_disconnect(db);
    db_gather_free(db);
    free(db->dsn);
    free(db);
}

void
db_disconnect(struct db *db)
{
    if (db->conn)
        PQfinish(db->conn);
    db->conn = NULL;
    db->n_prepared = db->n_confirmed = 0;
    db->n_queue = 0;
    db_gather_forget(db);
    db->queue_failed = false;
    db->in_transaction = false;
    db->stale = false;
}

static void
ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static PGconn *
start_connect(const struct db *db)
{
    const char *const names[] = {
        "dbname",           "application_name", "client_encoding", "options", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "connect_timeout", NULL
    };
    const char *const values[] = {
        db->dsn, db->application, "UTF8", SESSION_OPTIONS, "2", "1", "3", "5000", "5", NULL
    };

    return PQconnectStartParams(names, values, 1);
}

static bool
finish_connect(struct db *db)
{
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    while (step != PGRES_POLLING_OK && step != PGRES_POLLING_FAILED) {
        struct pollfd waiting = { .fd = PQsocket(db->conn),
                                  .events = step == PGRES_POLLING_READING ? POLLIN : POLLOUT };
        int64_t left = db->deadline_ms - clock_ms();

        if (left <= 0 || poll(&waiting, 1, (int)(left < 5000 ? left : 5000)) <= 0)
            return false;
        step = PQconnectPoll(db->conn);
    }
    return step == PGRES_POLLING_OK && PQsetnonblocking(db->conn, 1) == 0 && PQenterPipelineMode(db->conn);
}

static void
back_off(struct db *db)
{
    uint16_t jitter;

    db->backoff_ms = db->backoff_ms ? db->backoff_ms * 2 : BACKOFF_FIRST_MS;
    if (db->backoff_ms > BACKOFF_MOST_MS)
        db->backoff_ms = BACKOFF_MOST_MS;
    clock_random(&jitter, sizeof jitter);
    db->retry_at_ms = clock_ms() + db->backoff_ms / 2 + jitter % db->backoff_ms / 2;
}

status_t
db_ready(struct arena *arena, struct db *db)
{
    if (db->stale || (db->conn && PQstatus(db->conn) != CONNECTION_OK))
        db_disconnect(db);
    if (db->conn)
        return OK;
    db->may_repeat = true;
    if (clock_ms() < db->retry_at_ms)
        return status_detail(arena, PROBLEM_UNAVAILABLE, "database: waiting before the next attempt to connect");
    db->conn = start_connect(db);
    CHECK(db->conn != NULL);
    PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
    if (PQstatus(db->conn) == CONNECTION_BAD || !finish_connect(db)) {
        back_off(db);
        return db_lost(arena, db, PROBLEM_UNAVAILABLE, "cannot connect");
    }
    db->backoff_ms = 0;
    db->retry_at_ms = 0;
    return OK;
}

void
db_deadline(struct db *db, int64_t at_ms)
{
    db->deadline_ms = at_ms;
}

bool
db_is_open(const struct db *db)
{
    return db->conn && PQstatus(db->conn) == CONNECTION_OK;
}

bool
db_may_repeat(const struct db *db)
{
    return db->may_repeat;
}

bool
db_commit_unknown(const struct db *db)
{
    return db->commit_unknown;
}

bool
db_violated(const struct db *db, const char *constraint)
{
    return strncmp(db->sqlstate, "23", 2) == 0 && strcmp(db->constraint, constraint) == 0;
}

void
db_begin(struct db *db)
{
    db->commit_unknown = false;
    db->in_transaction = true;
    db_send_statement(db, &sql_begin, NULL, DB_STEP_RUN);
}

void
db_queue(struct db *db, const struct db_statement *statement, const struct db_args *args)
{
    db_send_statement(db, statement, args, DB_STEP_RUN);
}

bool
db_queue_is_long(const struct db *db)
{
    return db->n_queue > DB_QUEUE / 2;
}

status_t
db_flush(struct db *db, struct arena *arena)
{
    db_gather_queue(db);
    return db->n_queue || db->queue_failed ? db_exchange(db, arena, NULL) : OK;
}

status_t
db_query(struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
         struct db_rows **ret_rows)
{
    PGresult *last = NULL;
    status_t st;

    db_gather_queue(db);
    db_send_statement(db, statement, args, DB_STEP_RUN);
    st = db_exchange(db, arena, &last);
    if (st) {
        PQclear(last);
        return st;
    }
    CHECK(last != NULL); /* only statements that return rows are asked this way */
    *ret_rows = db_rows_new(arena, last);
    return OK;
}

status_t
db_query_row(struct db *db, struct arena *arena, const struct db_statement *statement, const struct db_args *args,
             struct db_rows **ret_row)
{
    struct db_rows *rows;
    status_t st = db_query(db, arena, statement, args, &rows);

    if (st)
        return st;
    if (db_count(rows) == 0)
        return status_plain(PROBLEM_NOT_FOUND);
    *ret_row = rows;
    return OK;
}

status_t
db_commit(struct db *db, struct arena *arena)
{
    status_t st;

    db_gather_queue(db);
    db_send_statement(db, &sql_commit, NULL, DB_STEP_COMMIT);
    db->commit_unknown = true; /* until the server says otherwise */
    st = db_exchange(db, arena, NULL);
    if (!st)
        db->in_transaction = false;
    return st;
}

void
db_rollback(struct db *db)
{
    struct arena *scratch;

    db_gather_forget(db);
    if (!db->conn || !db->in_transaction)
        return;
    scratch = arena_new(4096);
    if (db->n_queue)
        (void)db_exchange(db, scratch, NULL);
    if (db->conn) {
        bool repeat = db->may_repeat;

        db_send_statement(db, &sql_rollback, NULL, DB_STEP_RUN);
        if (db_exchange(db, scratch, NULL))
            db_disconnect(db);
        db->may_repeat = repeat;
    }
    db->in_transaction = false;
    arena_free(scratch);
}

status_t
db_check(struct db *db, struct arena *arena, const struct db_statement *statement)
{
    CHECK(db->n_prepared < DB_PREPARED);
    if (!db->conn || !PQsendPrepare(db->conn, statement->name, statement->sql, 0, NULL))
        return db_lost(arena, db, PROBLEM_UNAVAILABLE, "not connected");
    db->queue[db->n_queue++] = (struct db_queued){ .step = DB_STEP_PREPARE, .statement = statement };
    db->prepared[db->n_prepared++] = statement;
    return db_exchange(db, arena, NULL);
}
