/* SPDX-License-Identifier: Apache-2.0 */
/* Outbox to feed, one thread a process; any instance's may do it. Owns its connection and the doorbell socket. */
#include "events/sequencer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/metrics.h"
#include "base/banned.h"

#define FALLBACK_MS 200 /* other instances write too: look without being woken */
#define MOVE_MS     5000
#define ARENA_LIMIT ((size_t)1024 * 1024)

struct sequencer {
    struct sequencer_setup setup;
    pthread_t thread;
    pthread_mutex_t lock; /* guards `wanted` and `stopping` */
    pthread_cond_t wake;
    bool wanted;
    bool stopping;
    void *bell;
};

static struct metric moved_total = {
    .name = "liangxin_feed_events_total",
    .kind = METRIC_COUNTER,
    .prose = "Events this process has put into its service's feed.",
};
static struct metric move_failures = {
    .name = "liangxin_feed_failures_total",
    .kind = METRIC_COUNTER,
    .prose = "Failed attempts to move events from the outbox to the feed; a few after a database restart are normal.",
};

void
sequencer_metrics(void)
{
    metrics_register(&moved_total);
    metrics_register(&move_failures);
}

const struct db_statement sql_sequencer_lock = {
    "sequencer_lock",
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.sequencer', 0))",
};

/* The plan is made once for a connection's life, often while the outbox is empty; vacuum then says that reading all of
 * it costs nothing, and a burst is moved at a cost that grows with its square. */
const struct db_statement sql_sequencer_plan = { "sequencer_plan", "SET LOCAL enable_seqscan = off" };

const struct db_statement sql_sequencer_move = {
    "sequencer_move",
    "WITH moved AS (DELETE FROM outbox WHERE id = ANY (ARRAY(SELECT id FROM outbox ORDER BY id LIMIT 1000)) RETURNING "
    "*),"
    "     total AS (SELECT count(*) AS n FROM moved),"
    "     head AS (UPDATE feed_epoch SET head = head + n FROM total WHERE n > 0 RETURNING head - n AS base),"
    "     put AS (INSERT INTO feed (pos, at, aggregate, aggregate_id, version, type, payload)"
    "             SELECT head.base + row_number() OVER (ORDER BY moved.id), at, aggregate, aggregate_id, version, type,"
    "                    payload"
    "               FROM moved, head)"
    " SELECT n FROM total",
};

status_t
sequencer_move(struct db *db, struct arena *arena, int64_t *ret_moved)
{
    struct db_rows *row;
    status_t st;

    db_begin(db);
    db_queue(db, &sql_sequencer_plan, NULL);
    db_queue(db, &sql_sequencer_lock, NULL);
    st = db_query_row(db, arena, &sql_sequencer_move, NULL, &row);
    if (!st)
        st = db_commit(db, arena);
    if (st) {
        db_rollback(db);
        return st;
    }
    *ret_moved = db_i64(row, 0, "n");
    return db_rows_status(row);
}

static bool
await_work(struct sequencer *sequencer)
{
    int64_t until_us = clock_us() + FALLBACK_MS * 1000;
    struct timespec until = { .tv_sec = until_us / 1000000, .tv_nsec = until_us % 1000000 * 1000 };
    bool stopping;

    pthread_mutex_lock(&sequencer->lock);
    while (!sequencer->wanted && !sequencer->stopping &&
           pthread_cond_timedwait(&sequencer->wake, &sequencer->lock, &until) != ETIMEDOUT)
        ;
    sequencer->wanted = false;
    stopping = sequencer->stopping;
    pthread_mutex_unlock(&sequencer->lock);
    return !stopping;
}

/* Moves until the outbox is empty. */
static void
move_all(struct sequencer *sequencer, struct db *db, struct arena *arena)
{
    struct slice ring = slice_of("!");
    int64_t moved = 1;
    status_t st = OK;

    while (!st && moved > 0) {
        arena_reset(arena);
        db_deadline(db, clock_ms() + MOVE_MS);
        st = db_ready(arena, db);
        if (!st)
            st = sequencer_move(db, arena, &moved);
        if (!st && moved > 0) {
            metric_add(&moved_total, NULL, moved);
            bus_send(sequencer->bell, &ring, 1);
        }
    }
    if (st) {
        metric_add(&move_failures, NULL, 1);
        log_status("sequencer", st, NULL);
    }
}

static void *
sequencer_main(void *argument)
{
    struct sequencer *sequencer = argument;
    struct arena *arena = arena_new(ARENA_LIMIT);
    struct db *db = db_new(sequencer->setup.dsn, sequencer->setup.name);
    bool go_on = true;

    while (go_on) {
        go_on = await_work(sequencer);
        move_all(sequencer, db, arena);
    }
    db_free(db);
    arena_free(arena);
    return NULL;
}

status_t
sequencer_start(struct arena *arena, const struct sequencer_setup *setup, struct sequencer **ret_sequencer)
{
    struct sequencer *sequencer = calloc(1, sizeof *sequencer);
    pthread_condattr_t monotonic;

    CHECK(sequencer != NULL);
    sequencer->setup = *setup;
    sequencer->bell = bus_publisher(setup->bus, setup->bell_bind);
    if (!sequencer->bell) {
        free(sequencer);
        return status_detail(arena, PROBLEM_UNAVAILABLE, "cannot bind %s: %s", setup->bell_bind, zmq_strerror(errno));
    }
    pthread_mutex_init(&sequencer->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&sequencer->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    CHECK(pthread_create(&sequencer->thread, NULL, sequencer_main, sequencer) == 0);
    *ret_sequencer = sequencer;
    return OK;
}

static void
tell(struct sequencer *sequencer, bool stopping)
{
    pthread_mutex_lock(&sequencer->lock);
    sequencer->wanted = true;
    sequencer->stopping |= stopping;
    pthread_cond_signal(&sequencer->wake);
    pthread_mutex_unlock(&sequencer->lock);
}

void
sequencer_wake(void *sequencer)
{
    tell(sequencer, false);
}

void
sequencer_stop(struct sequencer *sequencer)
{
    if (!sequencer)
        return;
    tell(sequencer, true);
    pthread_join(sequencer->thread, NULL);
    bus_socket_close(sequencer->bell);
    pthread_mutex_destroy(&sequencer->lock);
    pthread_cond_destroy(&sequencer->wake);
    free(sequencer);
}
