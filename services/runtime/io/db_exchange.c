/* SPDX-License-Identifier: Apache-2.0 */
/* The round trip: queue into libpq's pipeline, sync, read every answer, never past the deadline. One thread, one
 * connection. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>

#include "base/check.h"
#include "io/clock.h"
#include "io/db_private.h"
#include "base/banned.h"

static bool
is_prepared(const struct db *db, const struct db_statement *statement)
{
    for (int i = 0; i < db->n_prepared; i++)
        if (db->prepared[i] == statement)
            return true;
    return false;
}

static void
remember(struct db *db, enum db_step step, const struct db_statement *statement)
{
    CHECK(db->n_queue < DB_QUEUE);
    db->queue[db->n_queue++] = (struct db_queued){ .step = step, .statement = statement };
}

static void
prepare_if_new(struct db *db, const struct db_statement *statement)
{
    if (db->queue_failed || is_prepared(db, statement))
        return;
    CHECK(db->n_prepared < DB_PREPARED);
    if (!PQsendPrepare(db->conn, statement->name, statement->sql, 0, NULL)) {
        db->queue_failed = true;
        return;
    }
    db->prepared[db->n_prepared++] = statement;
    remember(db, DB_STEP_PREPARE, statement);
}

void
db_send_statement(struct db *db, const struct db_statement *statement, const struct db_args *args, enum db_step step)
{
    if (!db->conn)
        db->queue_failed = true;
    prepare_if_new(db, statement);
    if (db->queue_failed)
        return;
    if (!PQsendQueryPrepared(db->conn, statement->name, args ? args->count : 0, args ? args->value : NULL,
                             args ? args->length : NULL, args ? args->format : NULL, 0))
        db->queue_failed = true;
    else
        remember(db, step, statement);
}

status_t
db_wait(struct arena *arena, struct db *db, bool for_reading)
{
    struct pollfd waiting = { .fd = PQsocket(db->conn), .events = for_reading ? POLLIN : POLLIN | POLLOUT };
    int64_t left = db->deadline_ms - clock_ms();
    int n = left > 0 ? poll(&waiting, 1, (int)(left < INT32_MAX ? left : INT32_MAX)) : 0;

    if (n > 0 || (n < 0 && errno == EINTR))
        return OK;
    return db_lost(arena, db, PROBLEM_TIMEOUT, "no answer before the deadline");
}

static status_t
send_all(struct arena *arena, struct db *db)
{
    int left;

    while ((left = PQflush(db->conn)) > 0) {
        status_t st = db_wait(arena, db, false);

        if (st)
            return st;
        if (!PQconsumeInput(db->conn))
            return db_lost(arena, db, PROBLEM_UNAVAILABLE, "connection lost");
    }
    return left < 0 ? db_lost(arena, db, PROBLEM_UNAVAILABLE, "connection lost") : OK;
}

/* The next result, or NULL between two statements; fails when the connection does. */
static status_t
next_result(struct arena *arena, struct db *db, PGresult **ret_result)
{
    while (PQisBusy(db->conn)) {
        status_t st = db_wait(arena, db, true);

        if (st)
            return st;
        if (!PQconsumeInput(db->conn))
            return db_lost(arena, db, PROBLEM_UNAVAILABLE, "connection lost");
    }
    *ret_result = PQgetResult(db->conn);
    return OK;
}

/* COMMIT of a transaction that had failed before answers ROLLBACK and calls it success. */
static status_t
check_commit(struct arena *arena, struct db *db, PGresult *result)
{
    db->commit_unknown = false;
    if (strcmp(PQcmdStatus(result), "COMMIT") == 0)
        return OK;
    return status_detail(arena, PROBLEM_INTERNAL, "database: the transaction was rolled back");
}

/* Reads the answers of one queued statement; keeps the rows when they are wanted. */
static status_t
read_step(struct arena *arena, struct db *db, const struct db_queued *queued, PGresult **ret_rows)
{
    PGresult *result = NULL;
    status_t failure = OK;

    for (;;) {
        status_t st = next_result(arena, db, &result);
        ExecStatusType kind;

        if (st || !result)
            return st ? st : failure;
        kind = PQresultStatus(result);
        if (kind == PGRES_FATAL_ERROR)
            failure = db_error(arena, db, result);
        if (kind == PGRES_COMMAND_OK && queued->step == DB_STEP_PREPARE)
            db->n_confirmed++;
        if (kind == PGRES_COMMAND_OK && queued->step == DB_STEP_COMMIT)
            failure = check_commit(arena, db, result);
        if (kind == PGRES_TUPLES_OK && ret_rows)
            *ret_rows = result;
        else
            PQclear(result);
    }
}

static status_t
read_sync(struct arena *arena, struct db *db)
{
    PGresult *result = NULL;
    status_t st = next_result(arena, db, &result);
    bool synced = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;

    PQclear(result);
    if (!st && !synced)
        return db_lost(arena, db, PROBLEM_UNAVAILABLE, "answers out of step");
    return st;
}

static status_t
read_all(struct arena *arena, struct db *db, PGresult **ret_last)
{
    status_t failure = OK;

    for (int i = 0; i < db->n_queue && db->conn; i++) {
        bool last = i == db->n_queue - 1;
        status_t st = read_step(arena, db, &db->queue[i], last ? ret_last : NULL);

        if (!failure)
            failure = st;
    }
    if (db->conn) {
        status_t st = read_sync(arena, db);

        if (!failure)
            failure = st;
    }
    return failure;
}

status_t
db_exchange(struct db *db, struct arena *arena, PGresult **ret_last)
{
    status_t st = OK;

    db->may_repeat = false;
    db->sqlstate[0] = '\0';
    db->constraint[0] = '\0';
    if (!db->conn || db->queue_failed || !PQpipelineSync(db->conn)) {
        db->commit_unknown = false; /* nothing was sent */
        st = db_lost(arena, db, PROBLEM_UNAVAILABLE, "not connected");
    }
    if (!st)
        st = send_all(arena, db);
    if (!st)
        st = read_all(arena, db, ret_last);
    if (db->conn && st)
        db->commit_unknown = false; /* the server itself said no */
    db->n_prepared = db->n_confirmed;
    db->n_queue = 0;
    db->queue_failed = false;
    return st;
}
