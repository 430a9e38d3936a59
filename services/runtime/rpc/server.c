/* SPDX-License-Identifier: Apache-2.0 */
/* The front thread: the only one that touches the ROUTER. Requests go into the queue, answers come from the workers
 * over inproc. Owns the pool and the threads. */
#include "rpc/server.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/check.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/metrics.h"
#include "rpc/envelope.h"
#include "rpc/worker.h"
#include "base/banned.h"

#define BATCH        256 /* messages taken in one turn from one side */
#define WORKERS_MOST 64
#define ARENA_LIMIT  ((size_t)256 * 1024)
#define DRAIN_TURN   50  /* milliseconds between two looks while draining */
#define DRAIN_LEAST  300 /* milliseconds in which callers hear that we are going, before our socket closes */
#define RETRY_AFTER  1000
#define FRAMES       2 /* sender, and header with body */

struct rpc_server {
    struct worker_pool pool;
    pthread_t front;
    pthread_t worker[WORKERS_MOST];
    int stop;            /* eventfd: written once by rpc_server_stop */
    atomic_llong end_ms; /* set before `stop` is written: when draining gives up; 0: not stopping */
    void *router;        /* front thread only, once it runs */
    void *replies;
    struct arena *arena; /* front thread: refusals */
};

static struct metric queue_gauge = {
    .name = "liangxin_rpc_queue",
    .kind = METRIC_GAUGE,
    .prose = "Requests that wait for a worker. Near LIANGXIN_QUEUE_LIMIT callers are told to come back later.",
};
static struct metric answers_lost = {
    .name = "liangxin_rpc_answers_lost_total",
    .kind = METRIC_COUNTER,
    .prose = "Answers that could not be handed to a peer: it hung up or does not read. The caller asks again.",
};
static struct metric strangers = {
    .name = "liangxin_rpc_refused_messages_total",
    .kind = METRIC_COUNTER,
    .prose = "Messages dropped because they had no known sender or not exactly two frames. Should be 0.",
};

void
rpc_server_metrics(void)
{
    metrics_register(&queue_gauge);
    metrics_register(&answers_lost);
    metrics_register(&strangers);
    worker_metrics();
}

static void
refuse(struct rpc_server *server, struct bus_message *message, enum problem_name problem, bool going)
{
    struct rpc_reply reply = { .status = status_plain(problem), .retry_after_ms = RETRY_AFTER, .not_begun = going };
    struct rpc_request request;
    struct slice frames[2];
    struct slice header;
    struct slice body;

    arena_reset(server->arena);
    if (!envelope_split(bus_frame(message, 1), &header, &body) ||
        envelope_request_unpack(server->arena, header, &request))
        return;
    reply.id = request.id;
    frames[0] = bus_frame(message, 0);
    frames[1] = envelope_join(server->arena, envelope_reply_pack(server->arena, &reply), slice_of(""));
    bus_send(server->router, frames, 2);
}

/* How many: BATCH when there may be more. */
static int
take_requests(struct rpc_server *server, bool draining)
{
    struct bus_message message;
    int i = 0;

    for (; i < BATCH && bus_receive(server->router, &message); i++) {
        if (message.count != FRAMES || message.malformed || !bus_caller(&message))
            metric_add(&strangers, NULL, 1);
        else if (draining)
            refuse(server, &message, PROBLEM_UNAVAILABLE, true);
        else if (!queue_push(&server->pool.queue, &message, clock_us()))
            refuse(server, &message, PROBLEM_EXHAUSTED, false);
        bus_message_done(&message);
    }
    if (i > 0)
        metric_set(&queue_gauge, NULL, (int64_t)queue_length(&server->pool.queue));
    return i;
}

/* As above. */
static int
give_answers(struct rpc_server *server)
{
    struct bus_message message;
    int i = 0;

    for (; i < BATCH && bus_receive(server->replies, &message); i++) {
        if (!bus_forward(server->router, &message))
            metric_add(&answers_lost, NULL, 1);
        bus_message_done(&message);
    }
    return i;
}

/* A request that reaches a closed socket is lost until its deadline: so callers are told before, and go elsewhere. */
static void
drain(struct rpc_server *server)
{
    int64_t least_ms = clock_ms() + DRAIN_LEAST;
    zmq_pollitem_t items[] = { { .socket = server->router, .events = ZMQ_POLLIN },
                               { .socket = server->replies, .events = ZMQ_POLLIN } };

    queue_close(&server->pool.queue);
    while (clock_ms() < atomic_load(&server->end_ms)) {
        bool ended = atomic_load(&server->pool.running) == 0 && clock_ms() >= least_ms;
        int took;

        zmq_poll(items, 2, ended ? 0 : DRAIN_TURN);
        took = take_requests(server, true);
        if (give_answers(server) == 0 && took == 0 && ended)
            break;
    }
}

/* Answers first: giving them touches the router, which is then asked until it is empty. So when there is no more on
 * either side nothing has touched a socket since it was empty, and its descriptor tells of what comes. zmq_poll would
 * ask both sockets four times more, each time by a system call. */
static void *
front_main(void *argument)
{
    struct rpc_server *server = argument;
    struct pollfd waiting[] = { { .fd = bus_descriptor(server->router), .events = POLLIN },
                                { .fd = bus_descriptor(server->replies), .events = POLLIN },
                                { .fd = server->stop, .events = POLLIN } };

    while (atomic_load(&server->end_ms) == 0) {
        int given = give_answers(server);
        int taken = take_requests(server, false);

        if (given < BATCH && taken < BATCH)
            poll(waiting, sizeof waiting / sizeof *waiting, -1);
    }
    drain(server);
    return NULL;
}

static void
start_threads(struct rpc_server *server)
{
    int workers = server->pool.setup.workers;

    CHECK(workers > 0 && workers <= WORKERS_MOST);
    atomic_store(&server->pool.running, workers);
    for (int i = 0; i < workers; i++)
        CHECK(pthread_create(&server->worker[i], NULL, worker_main, &server->pool) == 0);
    CHECK(pthread_create(&server->front, NULL, front_main, server) == 0);
}

status_t
rpc_server_start(struct arena *arena, const struct rpc_server_setup *setup, struct rpc_server **ret_server)
{
    struct rpc_server *server = calloc(1, sizeof *server);

    CHECK(server != NULL);
    server->pool.setup = *setup;
    snprintf(server->pool.replies, sizeof server->pool.replies, "inproc://replies.%p", (void *)server);
    server->router = bus_router(setup->bus, setup->bind);
    if (!server->router) {
        free(server);
        return status_detail(arena, PROBLEM_UNAVAILABLE, "cannot bind %s: %s", setup->bind, zmq_strerror(errno));
    }
    server->replies = bus_puller(setup->bus, server->pool.replies);
    server->stop = eventfd(0, EFD_CLOEXEC);
    server->arena = arena_new(ARENA_LIMIT);
    CHECK(server->replies && server->stop >= 0);
    queue_init(&server->pool.queue, (size_t)setup->queue_limit);
    start_threads(server);
    *ret_server = server;
    return OK;
}

void
rpc_server_stop(struct rpc_server *server, int64_t drain_ms)
{
    if (!server)
        return;
    atomic_store(&server->end_ms, clock_ms() + drain_ms);
    CHECK(eventfd_write(server->stop, 1) == 0);
    pthread_join(server->front, NULL);
    for (int i = 0; i < server->pool.setup.workers; i++)
        pthread_join(server->worker[i], NULL);
    bus_socket_close(server->router);
    bus_socket_close(server->replies);
    close(server->stop);
    queue_done(&server->pool.queue);
    arena_free(server->arena);
    free(server);
}

bool
rpc_server_ready(struct rpc_server *server)
{
    return !server->pool.setup.dsn || atomic_load(&server->pool.with_database) > 0;
}
