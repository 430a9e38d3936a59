/* SPDX-License-Identifier: Apache-2.0 */
/* The frame around every handler, once: receive, find, authorise, run in a transaction, answer, account. Runs on the
 * worker's own thread; owns its arena, its PUSH socket, its connection, its client. */
#include "rpc/worker.h"

#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/metrics.h"
#include "rpc/codec.h"
#include "rpc/envelope.h"
#include "rpc/idempotency.h"
#include "rpc/ping.h"
#include "base/banned.h"

#define ARENA_LIMIT   ((size_t)24 * 1024 * 1024)
#define RUNS          5    /* times one call's transaction may be run */
#define RETRY_AFTER   1000 /* milliseconds a caller is asked to wait */
#define PAUSE_MOST_MS 40   /* between two runs */
#define QUIET_MS      2000 /* without work for so long, look after the connection */
#define CONNECT_MS    2000

struct worker {
    struct worker_pool *pool;
    struct arena *arena; /* of one call; reset at the start of the next */
    void *replies;       /* PUSH to the front thread */
    struct db *db;       /* NULL without a database */
    struct rpc_client *client;
    struct actor_cache actors;
    bool has_database;
};

/* One call on its way through the frame. */
struct passage {
    struct call call;
    struct rpc_request request;
    struct actor actor;
    const struct rpc_endpoint *endpoint;
    struct slice in_bytes; /* the packed request */
    ProtobufCMessage *in;
    struct slice out_bytes;
    bool replayed;
    int64_t received_us;
};

static struct metric calls_seconds = {
    .name = "liangxin_rpc_seconds",
    .kind = METRIC_HISTOGRAM,
    .label = "method",
    .prose =
        "Time from receipt to answer of calls between processes, by method. A rise with a long queue means too few "
        "workers; without one, look at the database.",
};
static struct metric calls_problems = {
    .name = "liangxin_rpc_problems_total",
    .kind = METRIC_COUNTER,
    .label = "problem",
    .prose =
        "Calls answered with a problem, by its slug. internal is a defect; unavailable and timeout point at a peer "
        "or the database.",
};
static struct metric calls_repeated = {
    .name = "liangxin_rpc_repeated_total",
    .kind = METRIC_COUNTER,
    .prose = "Transactions run again after a serialization failure, a deadlock or a lost connection.",
};
static struct metric calls_late = {
    .name = "liangxin_rpc_late_total",
    .kind = METRIC_COUNTER,
    .prose = "Requests dropped unread because their deadline had passed in the queue.",
};

void
worker_metrics(void)
{
    metrics_register(&calls_seconds);
    metrics_register(&calls_problems);
    metrics_register(&calls_repeated);
    metrics_register(&calls_late);
}

static const struct rpc_endpoint ping_endpoint = { .method = &rpc_ping, .handler = handle_ping };

static const struct rpc_endpoint *
find_endpoint(const struct worker *worker, const char *name)
{
    if (strcmp(name, rpc_ping.name) == 0)
        return &ping_endpoint;
    for (const struct rpc_endpoint *row = worker->pool->setup.endpoints; row->method; row++)
        if (strcmp(row->method->name, name) == 0)
            return row;
    return NULL;
}

static void
set_call(struct worker *worker, struct passage *passage, const char *caller)
{
    uint32_t budget = passage->request.budget_ms ? passage->request.budget_ms : passage->endpoint->method->budget_ms;
    struct call *call = &passage->call;

    *call = (struct call){
        .arena = worker->arena,
        .db = worker->db,
        .method = passage->endpoint->method,
        .request = &passage->request,
        .caller = caller,
        .now = clock_now(),
        .state = worker->pool->setup.state,
        .client = worker->client,
        .deadline_ms = passage->received_us / 1000 + budget,
    };
    call->today = instant_date(call->now);
}

static bool
is_listed(const char *const *callers, const char *caller)
{
    for (; callers && *callers; callers++)
        if (strcmp(*callers, caller) == 0)
            return true;
    return false;
}

static status_t
authorise(struct worker *worker, struct passage *passage)
{
    const struct rpc_method *method = passage->endpoint->method;
    struct call *call = &passage->call;
    status_t st;

    if (method->open || is_listed(method->callers, call->caller))
        return OK;
    if (!method->permission)
        return status_plain(PROBLEM_DENIED);
    if (passage->request.actor.size == 0)
        return status_plain(PROBLEM_UNAUTHENTIC);
    st = actor_verify(call->arena, worker->pool->setup.actor_public, &worker->actors, passage->request.actor,
                      call->now / 1000, &passage->actor);
    if (st)
        return st;
    call->actor = &passage->actor;
    return actor_may(call->actor, method->permission) ? OK : status_plain(PROBLEM_DENIED);
}

static status_t
check_shape(struct passage *passage)
{
    const struct rpc_method *method = passage->endpoint->method;
    struct arena *arena = passage->call.arena;
    status_t st = codec_unpack(arena, method->request, passage->in_bytes, &passage->in);

    if (st)
        return st;
    if (method->effect == METHOD_COMMAND && !passage->request.idempotency_key[0])
        return status_plain(PROBLEM_IDEMPOTENCY_KEY_REQUIRED);
    if (method->if_match && !passage->request.has_version)
        return status_plain(PROBLEM_VERSION_REQUIRED);
    return codec_check(arena, method, passage->in);
}

static status_t
run_handler(struct passage *passage)
{
    struct call *call = &passage->call;
    ProtobufCMessage *out = codec_new(call->arena, call->method->reply);
    status_t st = passage->endpoint->handler(call, passage->in, out);

    if (st)
        return st;
    if (arena_exhausted(call->arena))
        return status_plain(PROBLEM_EXHAUSTED);
    passage->out_bytes = codec_pack(call->arena, out);
    return passage->out_bytes.size > RPC_BODY_LIMIT ? status_plain(PROBLEM_TOO_LARGE) : OK;
}

static status_t
run_changing(struct passage *passage)
{
    struct call *call = &passage->call;
    bool keyed = call->method->effect == METHOD_COMMAND && call->actor;
    status_t st = OK;

    db_begin(call->db);
    if (keyed)
        st = idempotency_begin(call, passage->in_bytes, &passage->replayed, &passage->out_bytes);
    if (!st && passage->replayed) {
        db_rollback(call->db);
        return OK;
    }
    if (!st)
        st = run_handler(passage);
    if (!st && !call->audited)
        st = status_detail(call->arena, PROBLEM_INTERNAL, "%s changed without an audit row", call->method->name);
    if (st)
        return st;
    if (keyed)
        idempotency_store(call, passage->in_bytes, passage->out_bytes);
    return db_commit(call->db, call->arena);
}

static void
tell_committed(const struct rpc_server_setup *setup, const struct call *call)
{
    if (setup->committed)
        setup->committed(setup->committed_context);
    if (setup->work_left && call->leaves_work)
        setup->work_left();
}

static status_t
run_once(struct worker *worker, struct passage *passage)
{
    struct call *call = &passage->call;
    status_t st;

    if (call->method->effect == METHOD_PURE)
        return run_handler(passage);
    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (st)
        return st;
    if (call->method->effect == METHOD_READ)
        return run_handler(passage);
    st = run_changing(passage);
    if (st)
        db_rollback(call->db);
    else if (!passage->replayed)
        tell_committed(&worker->pool->setup, call);
    return st;
}

/* A run that the database undid, or whose COMMIT was not answered, is run again: the stored answer, or the content of
 * an APPLY, makes the second run harmless. */
static status_t
run(struct worker *worker, struct passage *passage)
{
    struct call *call = &passage->call;
    status_t st = OK;

    for (int i = 0; i < RUNS; i++) {
        uint8_t jitter;

        st = run_once(worker, passage);
        if (!st || !call->db || !(db_may_repeat(call->db) || db_commit_unknown(call->db)) ||
            clock_ms() >= call->deadline_ms)
            break;
        metric_add(&calls_repeated, NULL, 1);
        call->audited = false;
        call->leaves_work = false;
        clock_random(&jitter, sizeof jitter);
        zmq_poll(NULL, 0, 1 + jitter % PAUSE_MOST_MS * i);
    }
    return st;
}

static status_t
pass(struct worker *worker, struct passage *passage, const char *caller)
{
    status_t st;

    passage->endpoint = find_endpoint(worker, passage->request.method);
    if (!passage->endpoint)
        return status_detail(worker->arena, PROBLEM_NO_ROUTE, "no such method");
    set_call(worker, passage, caller);
    st = authorise(worker, passage);
    if (!st)
        st = check_shape(passage);
    if (!st && passage->endpoint->prepare)
        st = passage->endpoint->prepare(&passage->call, passage->in);
    if (!st)
        st = run(worker, passage);
    return st;
}

static uint32_t
retry_after(status_t st)
{
    if (st && st->retry_after_ms)
        return st->retry_after_ms;
    return status_retryable(st) ? RETRY_AFTER : 0;
}

static void
answer(struct worker *worker, struct passage *passage, struct slice identity, status_t st)
{
    struct rpc_reply reply = {
        .id = passage->request.id, .status = st, .replayed = !st && passage->replayed, .retry_after_ms = retry_after(st)
    };
    struct slice header = envelope_reply_pack(worker->arena, &reply);
    struct slice frames[] = { identity, envelope_join(worker->arena, header, st ? slice_of("") : passage->out_bytes) };

    bus_send(worker->replies, frames, 2);
}

static void
account(struct passage *passage, status_t st)
{
    const struct rpc_method *method = passage->endpoint ? passage->endpoint->method : NULL;
    const char *name = method ? method->name : "unknown";
    int64_t took = clock_us() - passage->received_us;
    bool quiet = !st && method && method->effect <= METHOD_READ;
    char id[ID_SIZE];
    struct log_field fields[] = { log_text("method", name),
                                  log_text("request", id),
                                  log_text("trace", passage->request.trace),
                                  log_text("caller", passage->call.caller),
                                  log_number("us", took),
                                  log_number("attempt", passage->request.attempt),
                                  { 0 } };

    metric_observe(&calls_seconds, name, took);
    if (st)
        metric_add(&calls_problems, st->problem->slug, 1);
    id_format(&passage->request.id, id);
    if (st)
        log_status("call", st, fields);
    else
        log_line(quiet ? LOG_DEBUG : LOG_INFO, "call", fields);
}

static void
serve(struct worker *worker, struct queued_request *queued)
{
    struct passage passage = { .received_us = queued->received_us };
    struct slice identity = bus_frame(&queued->message, 0);
    const char *caller = bus_caller(&queued->message);
    struct slice header;
    status_t st;

    arena_reset(worker->arena); /* the previous call's memory ends here, at the start */
    if (!envelope_split(bus_frame(&queued->message, 1), &header, &passage.in_bytes) ||
        envelope_request_unpack(worker->arena, header, &passage.request))
        return; /* nobody to answer: without an id the caller cannot tell which call it was */
    if (passage.request.budget_ms && clock_us() - passage.received_us > (int64_t)passage.request.budget_ms * 1000) {
        metric_add(&calls_late, NULL, 1);
        return;
    }
    st = pass(worker, &passage, caller);
    answer(worker, &passage, identity, st);
    account(&passage, st);
}

/* Readiness counts the workers that reach their database. */
static void
note_database(struct worker *worker)
{
    bool has = worker->db && db_is_open(worker->db);

    if (has != worker->has_database)
        atomic_fetch_add(&worker->pool->with_database, has ? 1 : -1);
    worker->has_database = has;
}

static void
look_for_database(struct worker *worker)
{
    if (!worker->db)
        return;
    arena_reset(worker->arena);
    db_deadline(worker->db, clock_ms() + CONNECT_MS);
    (void)db_ready(worker->arena, worker->db); /* readiness tells */
    note_database(worker);
}

static void
worker_open(struct worker *worker, struct worker_pool *pool)
{
    const struct rpc_server_setup *setup = &pool->setup;

    *worker = (struct worker){ .pool = pool, .arena = arena_new(ARENA_LIMIT) };
    worker->replies = bus_pusher(setup->bus, pool->replies);
    CHECK(worker->replies != NULL);
    worker->db = setup->dsn ? db_new(setup->dsn, setup->name) : NULL;
    worker->client = rpc_client_new(setup->bus, setup->peers, setup->n_peers);
    look_for_database(worker);
}

static void
worker_close(struct worker *worker)
{
    rpc_client_free(worker->client);
    db_free(worker->db);
    bus_socket_close(worker->replies);
    arena_free(worker->arena);
}

void *
worker_main(void *argument)
{
    struct worker_pool *pool = argument;
    struct worker *worker = calloc(1, sizeof *worker);
    enum queue_outcome outcome;
    struct queued_request queued;

    CHECK(worker != NULL);
    worker_open(worker, pool);
    while ((outcome = queue_pop(&pool->queue, QUIET_MS, &queued)) != QUEUE_CLOSED) {
        if (outcome == QUEUE_QUIET) {
            look_for_database(worker);
            continue;
        }
        serve(worker, &queued);
        bus_message_done(&queued.message);
        note_database(worker);
    }
    worker_close(worker);
    free(worker);
    atomic_fetch_sub(&pool->running, 1);
    return NULL;
}
