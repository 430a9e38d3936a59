/* SPDX-License-Identifier: Apache-2.0 */
/* The rig of the feed's benchmarks. Main thread; the effect runs on the follower's. */
#include "feed_rig.h"

#include <liangxin/feed/v1/directory.pb-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/check.h"
#include "events/feed.h"
#include "io/clock.h"
#include "io/log.h"
#include "support/keys.h"

#define ARENA_SIZE ((size_t)16 << 20)
#define WAIT_MS    600000

static const struct db_statement note_effect = { "bench_effect", "INSERT INTO effect (pos, at) VALUES ($1, $2)" };

static status_t
apply(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    struct feed_rig *rig = follow->state;
    struct db_args args = { 0 };

    (void)fact;
    if (!rig->each && rig->batch == follow->now)
        return OK;
    rig->batch = follow->now;
    db_arg_i64(&args, event->pos);
    db_arg_instant(&args, event->at);
    db_queue(follow->db, &note_effect, &args);
    return OK;
}

static const struct subscription subscriptions[] = {
    { "organizations", "MemberRecorded", "member", &liangxin__feed__v1__member_recorded__descriptor, apply },
    { 0 },
};

static void
note_commit(void *context)
{
    struct feed_rig *rig = context;

    atomic_store(&rig->committed_us, clock_us());
}

static const char *
local(struct arena *arena, const char *scheme, int offset)
{
    const char *base = getenv("LIANGXIN_TEST_PORT_BASE");

    return arena_printf(arena, "%s127.0.0.1:%d", scheme, (int)(base ? strtol(base, NULL, 10) : 18900) + offset);
}

static void
open_source(struct feed_rig *rig)
{
    struct rpc_server_setup server = { .bus = rig->source_bus,
                                       .bind = local(rig->arena, "tcp://", 91),
                                       .name = "organizations",
                                       .endpoints = feed_endpoints,
                                       .dsn = test_pg_dsn(rig->pg, "organizations"),
                                       .actor_public = &rig->actor_public,
                                       .workers = 2,
                                       .queue_limit = 100 };
    struct sequencer_setup sequencer = {
        .bus = rig->source_bus, .dsn = server.dsn, .name = "organizations", .bell_bind = local(rig->arena, "tcp://", 92)
    };

    CHECK(!rpc_server_start(rig->arena, &server, &rig->server));
    CHECK(!sequencer_start(rig->arena, &sequencer, &rig->sequencer));
    rig->producer = db_new(server.dsn, "bench");
    db_deadline(rig->producer, clock_ms() + WAIT_MS);
    CHECK(!db_ready(rig->arena, rig->producer));
}

static void
open_follower(struct feed_rig *rig)
{
    struct follower_setup setup = { .bus = rig->bus,
                                    .dsn = test_pg_dsn(rig->pg, "transfers"),
                                    .name = "transfers",
                                    .source = "organizations",
                                    .hosts = local(rig->arena, "", 91),
                                    .bells = local(rig->arena, "", 92),
                                    .subscriptions = subscriptions,
                                    .state = rig,
                                    .committed = note_commit,
                                    .committed_context = rig };

    test_pg_run(rig->pg, "transfers",
                "create table effect (pos bigint primary key, at timestamptz not null);"
                "grant all on effect to transfers");
    CHECK(!follower_start(rig->arena, &setup, &rig->follower));
}

void
feed_rig_open(struct feed_rig *rig)
{
    log_open("bench", LOG_ERROR);
    rig->arena = arena_new(ARENA_SIZE);
    rig->pg = test_pg_open();
    rig->source_bus = test_bus(rig->arena, "organizations");
    rig->bus = test_bus(rig->arena, "transfers");
    open_source(rig);
    open_follower(rig);
}

void
feed_rig_close(struct feed_rig *rig)
{
    follower_stop(rig->follower);
    db_free(rig->producer);
    sequencer_stop(rig->sequencer);
    rpc_server_stop(rig->server, 0);
    bus_close(rig->bus);
    bus_close(rig->source_bus);
    test_pg_close(rig->pg);
    arena_free(rig->arena);
}

int64_t
feed_rig_position(struct feed_rig *rig)
{
    return test_pg_number(rig->pg, "transfers", "select coalesce(max(pos), 0) from cursor");
}

/* Of one process, from /proc/<pid>/stat: the 14th and 15th field, in ticks. */
static double
ticks_of(long pid)
{
    char path[64];
    char line[1024] = "";
    long user = 0;
    long system = 0;
    const char *behind_name;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    file = fopen(path, "re");
    if (!file)
        return 0;
    if (fgets(line, sizeof line, file) && (behind_name = strrchr(line, ')')))
        sscanf(behind_name, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system);
    fclose(file);
    return (double)(user + system);
}

double
feed_rig_processor_us(struct feed_rig *rig)
{
    char *pids =
        test_pg_text(rig->pg, "transfers",
                     "select string_agg(pid::text, ' ') from pg_stat_activity where datname = current_database()");
    double ticks = 0;
    struct rusage own;

    for (char *at = strtok(pids, " "); at; at = strtok(NULL, " "))
        ticks += ticks_of(strtol(at, NULL, 10));
    free(pids);
    getrusage(RUSAGE_SELF, &own);
    return ticks * 1e6 / (double)sysconf(_SC_CLK_TCK) + (double)(own.ru_utime.tv_sec + own.ru_stime.tv_sec) * 1e6 +
           (double)(own.ru_utime.tv_usec + own.ru_stime.tv_usec);
}
