/* SPDX-License-Identifier: Apache-2.0 */
/* ZeroMQ sockets on the libuv loop. ZMQ_FD is edge-triggered and any zmq call may eat the edge, so the descriptor only
 * wakes the loop and never says what there is: `check` takes messages of sockets that woke or were touched, `prepare`
 * asks those touched since they were found empty before every sleep and keeps the loop awake while one has more.
 * Nothing sends between that question and the sleep. A socket found empty and untouched is not asked: that is a system
 * call.
 *
 * Loop thread; names are looked up on libuv's pool. Owns the watches. */
#include <stdlib.h>

#include "base/check.h"
#include "gateway/upstream/upstream_private.h"
#include "base/banned.h"

#define TURN_LIMIT    256 /* answers taken in one turn of the loop, so that clients are served too */
#define SERVICES_MOST 8
#define NEEDED_MS     20 /* between two looks for the needed service at start */

/* A look-up under way. */
struct resolution {
    uv_work_t work;
    struct upstream *upstream;
    size_t count;
    struct {
        const char *service;
        const char *hosts;
        struct rpc_endpoints endpoints;
    } service[SERVICES_MOST];
};

static size_t
drain(struct upstream *upstream, struct watch *watch, size_t most)
{
    struct bus_message message;
    size_t taken = 0;

    while (taken < most && bus_receive(watch->instance->socket, &message)) {
        upstream_answer(upstream, &message);
        bus_message_done(&message);
        taken++;
    }
    watch->woken = taken == most;
    if (!watch->woken)
        watch->instance->stirred = false;
    return taken;
}

static void
on_check(uv_check_t *check)
{
    struct upstream *upstream = check->data;
    size_t left = TURN_LIMIT;

    for (struct watch *watch = upstream->watches; watch && left; watch = watch->next)
        if (watch->woken || watch->instance->stirred)
            left -= drain(upstream, watch, left);
}

static bool
has_more(struct watch *watch)
{
    struct rpc_instance *instance = watch->instance;
    int events = 0;
    size_t size = sizeof events;

    if (watch->woken || !instance->stirred)
        return watch->woken;
    instance->stirred = zmq_getsockopt(instance->socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLIN);
    return instance->stirred;
}

static void
on_idle(uv_idle_t *idle)
{
    (void)idle; /* its being active is what keeps the loop from sleeping */
}

static void
on_prepare(uv_prepare_t *prepare)
{
    struct upstream *upstream = prepare->data;
    bool more = false;

    for (struct watch *watch = upstream->watches; watch; watch = watch->next)
        more |= has_more(watch);
    if (more)
        uv_idle_start(&upstream->idle, on_idle);
    else
        uv_idle_stop(&upstream->idle);
}

static void
on_wake(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    ((struct watch *)poll->data)->woken = true;
}

static void
free_watch(uv_handle_t *poll)
{
    free(poll->data);
}

static void
watch_instance(struct upstream *upstream, struct rpc_instance *instance)
{
    struct watch *watch = calloc(1, sizeof *watch);

    CHECK(watch != NULL);
    CHECK(uv_poll_init(upstream->loop, &watch->poll, bus_descriptor(instance->socket)) == 0);
    watch->poll.data = watch;
    watch->instance = instance;
    watch->woken = true; /* the edge may be behind us already */
    watch->next = upstream->watches;
    upstream->watches = watch;
    CHECK(uv_poll_start(&watch->poll, UV_READABLE, on_wake) == 0);
}

static void
forget_watches(struct upstream *upstream)
{
    while (upstream->watches) {
        struct watch *watch = upstream->watches;

        upstream->watches = watch->next;
        uv_close((uv_handle_t *)&watch->poll, free_watch);
    }
}

static void
look_up(struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->count; i++)
        peers_resolve(resolution->service[i].hosts, &resolution->service[i].endpoints);
}

/* Watches are made anew: peers_update closes sockets, and a poll must be gone before its descriptor is. */
static void
apply(struct resolution *resolution)
{
    struct upstream *upstream = resolution->upstream;
    struct rpc_instance *instance;

    forget_watches(upstream);
    for (size_t i = 0; i < resolution->count; i++)
        peers_update(upstream->peers, resolution->service[i].service, &resolution->service[i].endpoints);
    for (size_t i = 0; (instance = peers_at(upstream->peers, i)) != NULL; i++)
        watch_instance(upstream, instance);
}

static void
on_look_up(uv_work_t *work)
{
    look_up(work->data);
}

static void
on_looked_up(uv_work_t *work, int status)
{
    struct resolution *resolution = work->data;

    resolution->upstream->resolution = NULL;
    if (status == 0 && !resolution->upstream->stopping)
        apply(resolution);
    free(resolution);
}

static struct resolution *
resolution_new(struct upstream *upstream)
{
    struct resolution *resolution = calloc(1, sizeof *resolution);
    size_t i = 0;

    CHECK(resolution != NULL);
    resolution->upstream = upstream;
    resolution->work.data = resolution;
    for (; i < SERVICES_MOST; i++) {
        resolution->service[i].hosts = peers_hosts(upstream->peers, i, &resolution->service[i].service);
        if (!resolution->service[i].hosts)
            break;
    }
    resolution->count = i;
    return resolution;
}

static void
on_resolve_timer(uv_timer_t *timer)
{
    struct upstream *upstream = timer->data;

    if (upstream->resolution)
        return;
    upstream->resolution = resolution_new(upstream);
    CHECK(uv_queue_work(upstream->loop, &upstream->resolution->work, on_look_up, on_looked_up) == 0);
}

static void
on_needed_timer(uv_timer_t *timer)
{
    struct upstream *upstream = timer->data;

    if (upstream->needed && !peers_pick(upstream->peers, upstream->needed))
        return;
    atomic_store(&upstream->has_needed, true);
    uv_timer_stop(timer);
}

void
upstream_watch_start(struct upstream *upstream)
{
    struct resolution *first = resolution_new(upstream);

    look_up(first);
    apply(first);
    free(first);
    uv_prepare_init(upstream->loop, &upstream->prepare);
    uv_check_init(upstream->loop, &upstream->check);
    uv_idle_init(upstream->loop, &upstream->idle);
    uv_timer_init(upstream->loop, &upstream->resolve_timer);
    uv_timer_init(upstream->loop, &upstream->needed_timer);
    upstream->prepare.data = upstream->check.data = upstream->idle.data = upstream;
    upstream->resolve_timer.data = upstream->needed_timer.data = upstream;
    uv_prepare_start(&upstream->prepare, on_prepare);
    uv_check_start(&upstream->check, on_check);
    uv_timer_start(&upstream->resolve_timer, on_resolve_timer, RPC_RESOLVE_MS, RPC_RESOLVE_MS);
    uv_timer_start(&upstream->needed_timer, on_needed_timer, 0, NEEDED_MS);
}

void
upstream_watch_stop(struct upstream *upstream)
{
    forget_watches(upstream);
    uv_close((uv_handle_t *)&upstream->prepare, NULL);
    uv_close((uv_handle_t *)&upstream->check, NULL);
    uv_close((uv_handle_t *)&upstream->idle, NULL);
    uv_close((uv_handle_t *)&upstream->resolve_timer, NULL);
    uv_close((uv_handle_t *)&upstream->needed_timer, NULL);
}
