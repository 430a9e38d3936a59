/* SPDX-License-Identifier: Apache-2.0 */
/* The life of a service process. Main thread; owns everything it starts and stops it in the opposite order. */
#include "daemon/daemon.h"

#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/check.h"
#include "daemon/jobs.h"
#include "daemon/process_settings.h"
#include "daemon/words.h"
#include "events/feed.h"
#include "events/sequencer.h"
#include "io/admin.h"
#include "io/clock.h"
#include "io/drain.h"
#include "io/log.h"
#include "rpc/cursor.h"
#include "rpc/idempotency.h"
#include "base/banned.h"

#define START_ARENA ((size_t)16 * 1024 * 1024)
#define FOLLOWERS   8
#define ENDPOINTS   160
#define PEERS       8

struct process {
    const struct service *service;
    struct arena *arena; /* lives as long as the process */
    struct process_settings settings;
    void *state;
    int stop_fd;
    struct bus *bus;
    struct sequencer *sequencer;
    struct rpc_server *server;
    struct rpc_endpoint endpoints[ENDPOINTS]; /* the service's and the feed's */
    struct seal_key actor_public;
    struct rpc_peer peers[PEERS];
    size_t n_peers;
    struct follower *followers[FOLLOWERS];
    size_t n_followers;
    struct jobs *jobs;
    struct admin *admin;
    struct admin_health health;
};

static bool
is_ready(void *context, struct strbuf *why)
{
    struct process *process = context;

    if (process->server && rpc_server_ready(process->server))
        return true;
    strbuf_text(why, "no connection to the database");
    return false;
}

static size_t
add_endpoints(struct process *process, size_t n, const struct rpc_endpoint *rows)
{
    for (; rows->method; rows++) {
        CHECK(n < ENDPOINTS - 1); /* the last one ends the table */
        process->endpoints[n++] = *rows;
    }
    return n;
}

static void
collect_endpoints(struct process *process)
{
    add_endpoints(process, add_endpoints(process, 0, process->service->methods), feed_endpoints);
}

static void
collect_peers(struct process *process)
{
    const struct process_settings *s = &process->settings;
    const struct rpc_peer peers[] = {
        { "organizations", s->process.peer_organizations },
        { "transfers", s->process.peer_transfers },
        { "dues", s->process.peer_dues },
        { "training", s->process.peer_training },
        { "notifications", s->process.peer_notifications },
    };

    process->n_peers = sizeof peers / sizeof *peers;
    memcpy(process->peers, peers, sizeof peers);
}

static status_t
open_keys(struct process *process)
{
    const struct service_settings *s = &process->settings.service;
    struct seal_ring ring;

    if (!seal_hex_parse(slice_of(s->actor_public), process->actor_public.bytes, SEAL_KEY))
        return status_detail(process->arena, PROBLEM_BAD_FORMAT, "LIANGXIN_ACTOR_PUBLIC_FILE: 64 hex digits");
    if (!seal_ring_parse(s->cursor_key, &ring))
        return status_detail(process->arena, PROBLEM_BAD_FORMAT, "LIANGXIN_CURSOR_KEY_FILE: 64 hex digits");
    cursor_open(&ring.key[ring.count - 1]);
    idempotency_open(&ring.key[0]); /* the oldest: answers stored before a new key still open */
    return OK;
}

static status_t
open_bus(struct process *process)
{
    const struct process_rows *s = &process->settings.process;
    status_t st = bus_open(process->arena, process->service->name, s->curve_secret, s->curve_peers, &process->bus);

    return st ? st : bus_self_test(process->arena, process->bus);
}

static status_t
open_server(struct process *process)
{
    const struct service_settings *s = &process->settings.service;
    struct sequencer_setup sequencer = {
        .bus = process->bus, .dsn = s->dsn, .name = process->service->name, .bell_bind = s->bell_bind
    };
    struct rpc_server_setup server = { .bus = process->bus,
                                       .bind = s->rpc_bind,
                                       .name = process->service->name,
                                       .endpoints = process->endpoints,
                                       .state = process->state,
                                       .dsn = s->dsn,
                                       .actor_public = &process->actor_public,
                                       .peers = process->peers,
                                       .n_peers = process->n_peers,
                                       .workers = (int)s->workers,
                                       .queue_limit = (int)s->queue_limit,
                                       .committed = sequencer_wake,
                                       .work_left = job_wake };
    status_t st = sequencer_start(process->arena, &sequencer, &process->sequencer);

    if (st)
        return st;
    server.committed_context = process->sequencer;
    feed_subscriptions(process->service->subscriptions, process->state);
    return rpc_server_start(process->arena, &server, &process->server);
}

static bool
is_followed(const struct process *process, const struct subscription *until)
{
    for (const struct subscription *row = process->service->subscriptions; row < until; row++)
        if (strcmp(row->source, until->source) == 0)
            return true;
    return false;
}

static const char *
hosts_of(const struct process *process, const char *service)
{
    for (size_t i = 0; i < process->n_peers; i++)
        if (strcmp(process->peers[i].service, service) == 0)
            return process->peers[i].hosts;
    return "";
}

static const char *
bells_of(const struct process *process, const char *service)
{
    const struct service_settings *s = &process->settings.service;
    const struct rpc_peer bells[] = {
        { "organizations", s->bell_organizations },
        { "transfers", s->bell_transfers },
        { "dues", s->bell_dues },
        { "training", s->bell_training },
        { "notifications", s->bell_notifications },
    };

    for (size_t i = 0; i < sizeof bells / sizeof *bells; i++)
        if (strcmp(bells[i].service, service) == 0)
            return bells[i].hosts;
    return "";
}

static status_t
follow(struct process *process, const char *source)
{
    struct follower_setup setup = { .bus = process->bus,
                                    .dsn = process->settings.service.dsn,
                                    .name = process->service->name,
                                    .source = source,
                                    .hosts = hosts_of(process, source),
                                    .bells = bells_of(process, source),
                                    .subscriptions = process->service->subscriptions,
                                    .state = process->state,
                                    .committed = sequencer_wake,
                                    .committed_context = process->sequencer };

    if (!setup.hosts[0])
        return status_detail(process->arena, PROBLEM_REQUIRED, "the LIANGXIN_PEER_ setting of %s must be set", source);
    CHECK(process->n_followers < FOLLOWERS);
    return follower_start(process->arena, &setup, &process->followers[process->n_followers++]);
}

static status_t
open_followers(struct process *process)
{
    for (const struct subscription *row = process->service->subscriptions; row && row->source; row++) {
        status_t st = is_followed(process, row) ? OK : follow(process, row->source);

        if (st)
            return st;
    }
    return OK;
}

static void
open_jobs(struct process *process)
{
    struct jobs_setup setup = { .jobs = process->service->jobs,
                                .bus = process->bus,
                                .dsn = process->settings.service.dsn,
                                .process = process->service->name,
                                .peers = process->peers,
                                .n_peers = process->n_peers,
                                .state = process->state,
                                .committed = sequencer_wake,
                                .committed_context = process->sequencer };

    process->jobs = jobs_start(&setup);
}

static status_t
start(struct process *process)
{
    status_t st;

    process->health = (struct admin_health){ .ready = is_ready, .context = process };
    collect_endpoints(process);
    collect_peers(process);
    st = admin_open(process->arena, process->settings.process.admin_bind, &process->health, &process->admin);
    if (!st)
        st = open_keys(process);
    if (!st)
        st = open_bus(process);
    if (!st)
        st = open_server(process);
    if (!st)
        st = open_followers(process);
    if (st)
        return st;
    open_jobs(process);
    atomic_store(&process->health.started, true);
    return OK;
}

static void
stop(struct process *process)
{
    rpc_server_stop(process->server, process->settings.service.drain_ms);
    process->server = NULL;
    jobs_stop(process->jobs);
    for (size_t i = 0; i < process->n_followers; i++)
        follower_stop(process->followers[i]);
    sequencer_stop(process->sequencer);
    bus_close(process->bus);
    admin_close(process->admin);
}

static void
register_metrics(void)
{
    log_metrics();
    rpc_server_metrics();
    sequencer_metrics();
    follower_metrics();
    jobs_metrics();
}

static int
serve(struct process *process)
{
    status_t st = start(process);

    if (st) {
        log_status("start", st, NULL);
        return status_is(st, PROBLEM_BAD_FORMAT) || status_is(st, PROBLEM_REQUIRED) ? EX_CONFIG : EX_UNAVAILABLE;
    }
    LOG(LOG_INFO, "started", log_text("rpc", process->settings.service.rpc_bind));
    drain_wait(process->stop_fd, -1);
    LOG(LOG_INFO, "stopping");
    stop(process);
    LOG(LOG_INFO, "stopped");
    return EX_OK;
}

static int
refuse_settings(status_t faults)
{
    for (; faults; faults = faults->next)
        fprintf(stderr, "%s\n", faults->detail ? faults->detail : faults->problem->slug);
    return EX_CONFIG;
}

static int
run(struct process *process, int argc, char **argv)
{
    enum log_level level = LOG_INFO;
    int code = EX_OK;
    status_t st;

    if (argc > 1 && words_before_settings(process->service, argv[1], &code))
        return code;
    st = process_settings_load(process->arena, environ, process->service, &process->settings);
    if (st)
        return refuse_settings(st);
    if (!log_level_parse(process->settings.process.log_level, &level))
        return refuse_settings(
            status_detail(process->arena, PROBLEM_BAD_VALUE, "LIANGXIN_LOG_LEVEL: debug, info, warn or error"));
    log_open(process->service->name, level);
    clock_shift(process->settings.process.clock_shift);
    st = process->service->open
             ? process->service->open(process->arena, process->service->settings_values, &process->state)
             : OK;
    if (!st && process->settings.process.clock_shift)
        st = words_may_shift_clock(process->arena, process->settings.service.dsn);
    if (st)
        return refuse_settings(st);
    if (argc > 1)
        return words_after_settings(process->service, argv[1], process->arena, &process->settings, process->state);
    return serve(process);
}

int
daemon_run(const struct service *service, int argc, char **argv)
{
    struct process *process = calloc(1, sizeof *process);
    int code;

    CHECK(process != NULL);
    process->service = service;
    process->arena = arena_new(START_ARENA);
    process->stop_fd = drain_open();
    seal_init();
    register_metrics();
    log_open(service->name, LOG_INFO);
    code = run(process, argc, argv);
    close(process->stop_fd);
    arena_free(process->arena);
    free(process);
    return code;
}
