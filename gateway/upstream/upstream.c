/* SPDX-License-Identifier: Apache-2.0 */
/* Calls: sent, repeated once where that is safe, given to another instance when one is stopping, ended by an answer or
 * a deadline. Loop thread; owns the peers. */
#include "gateway/upstream/upstream.h"

#include <stdlib.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "gateway/upstream/upstream_private.h"
#include "io/clock.h"
#include "base/banned.h"

#define HEADER_ARENA      ((size_t)1024 * 1024) /* bytes for the header of one answer */
#define DEFAULT_BUDGET_MS 5000
#define BUSIER            1000000 /* more than any instance has in flight */

struct upstream *
upstream_new(uv_loop_t *loop, struct bus *bus, size_t calls_limit)
{
    struct upstream *upstream = calloc(1, sizeof *upstream);

    CHECK(upstream != NULL);
    upstream->loop = loop;
    upstream->peers = peers_new(bus);
    upstream->calls_limit = calls_limit;
    upstream->arena = arena_new(HEADER_ARENA);
    return upstream;
}

void
upstream_add(struct upstream *upstream, const char *service, const char *hosts)
{
    CHECK(upstream->n_services < UPSTREAM_SERVICES);
    upstream->services[upstream->n_services++] = service;
    peers_add(upstream->peers, service, hosts);
}

void
upstream_need(struct upstream *upstream, const char *service)
{
    upstream->needed = service;
}

bool
upstream_has_needed(const struct upstream *upstream)
{
    return atomic_load(&upstream->has_needed);
}

bool
upstream_is_connected(const struct upstream *upstream)
{
    for (size_t i = 0; i < upstream->n_services; i++)
        if (!peers_pick(upstream->peers, upstream->services[i]))
            return false;
    return true;
}

void
upstream_start(struct upstream *upstream)
{
    upstream_watch_start(upstream);
}

void
upstream_stop(struct upstream *upstream)
{
    upstream->stopping = true;
    upstream_watch_stop(upstream);
    pending_stop(&upstream->pending);
}

void
upstream_free(struct upstream *upstream)
{
    if (!upstream)
        return;
    peers_free(upstream->peers);
    pending_free(&upstream->pending);
    arena_free(upstream->arena);
    free(upstream);
}

static bool
send_frames(struct upstream_call *call, struct rpc_instance *instance)
{
    struct slice frame = envelope_join(call->arena, envelope_request_pack(call->arena, &call->request), call->body);

    if (!instance)
        return false;
    instance->stirred = true;
    if (!bus_send(instance->socket, &frame, 1))
        return false;
    instance->in_flight++;
    return true;
}

/* Ends the call and tells its caller, who may be gone. */
static void
end_call(struct upstream_pending *pending, const struct rpc_reply *reply, struct slice body)
{
    struct upstream_call *call = pending->call;

    pending->instance->in_flight--;
    pending_give_back(pending);
    if (!call)
        return;
    call->pending = NULL;
    call->done(call, reply, body);
}

/* An instance other than the silent one, or that one when there is no other. */
static struct rpc_instance *
pick_other(struct upstream_pending *pending)
{
    struct rpc_instance *instance;

    pending->instance->in_flight += BUSIER;
    instance = peers_pick(pending->upstream->peers, pending->call->method->service);
    pending->instance->in_flight -= BUSIER;
    return instance;
}

static bool
repeat_elsewhere(struct upstream_pending *pending, int64_t left_ms)
{
    struct rpc_instance *other = pick_other(pending);

    if (!other || other == pending->instance)
        return false;
    pending->call->request.attempt++;
    pending->call->request.budget_ms = (uint32_t)left_ms;
    if (!send_frames(pending->call, other))
        return false;
    pending->instance->in_flight--;
    pending->instance = other;
    metric_add(&meter_calls_repeated, NULL, 1);
    return true;
}

/* The instance is stopping and has not begun the call, so that any call may go on elsewhere. */
static bool
is_moved(struct upstream_pending *pending, const struct rpc_reply *reply)
{
    int64_t left_ms = pending->deadline_ms - (int64_t)uv_now(pending->upstream->loop);

    if (!reply->not_begun)
        return false;
    peers_going(pending->instance);
    return pending->call && left_ms > 0 && repeat_elsewhere(pending, left_ms);
}

static void
on_timer(uv_timer_t *timer)
{
    struct upstream_pending *pending = timer->data;
    struct rpc_reply reply = { .id = pending->id, .status = status_plain(PROBLEM_TIMEOUT) };
    int64_t left_ms = pending->deadline_ms - (int64_t)uv_now(timer->loop);

    if (left_ms <= 0) {
        metric_add(&meter_calls_failed, "deadline", 1);
        end_call(pending, &reply, slice_of(""));
        return;
    }
    uv_timer_start(timer, on_timer, (uint64_t)left_ms, 0);
    if (pending->may_repeat && pending->call)
        repeat_elsewhere(pending, left_ms);
    pending->may_repeat = false;
}

static status_t
refuse(const char *reason)
{
    metric_add(&meter_calls_failed, reason, 1);
    return status_plain(PROBLEM_UNAVAILABLE);
}

status_t
upstream_send(struct upstream *upstream, struct upstream_call *call)
{
    const struct rpc_method *method = call->method;
    uint32_t budget_ms = method->budget_ms ? method->budget_ms : DEFAULT_BUDGET_MS;
    bool may_repeat = method->effect == METHOD_PURE || method->effect == METHOD_READ;
    struct upstream_pending *pending;
    struct rpc_instance *instance;

    if (upstream->stopping || upstream->pending.count >= upstream->calls_limit)
        return refuse("limit");
    call->request.id = clock_id();
    call->request.method = method->name;
    call->request.budget_ms = budget_ms;
    call->request.attempt = 0;
    instance = peers_likely(upstream->peers, method->service);
    if (!send_frames(call, instance)) {
        instance = peers_pick(upstream->peers, method->service);
        if (!send_frames(call, instance))
            return refuse("no-instance");
    }
    pending = pending_take(upstream, &call->request.id);
    pending->instance = instance;
    pending->call = call;
    pending->deadline_ms = (int64_t)uv_now(upstream->loop) + budget_ms;
    pending->may_repeat = may_repeat;
    call->pending = pending;
    uv_timer_start(&pending->timer, on_timer, may_repeat ? budget_ms / 2 : budget_ms, 0);
    return OK;
}

void
upstream_leave(struct upstream_call *call)
{
    if (call->pending)
        call->pending->call = NULL;
    call->pending = NULL;
}

void
upstream_answer(struct upstream *upstream, struct bus_message *message)
{
    struct upstream_pending *pending;
    struct rpc_reply reply;
    struct slice header;
    struct slice body;

    arena_reset(upstream->arena);
    if (message->malformed || message->count != 1 || !envelope_split(bus_frame(message, 0), &header, &body) ||
        envelope_reply_unpack(upstream->arena, header, &reply)) {
        metric_add(&meter_calls_failed, "malformed", 1);
        return;
    }
    pending = pending_find(&upstream->pending, &reply.id);
    if (!pending)
        metric_add(&meter_answers_late, NULL, 1);
    else if (!is_moved(pending, &reply))
        end_call(pending, &reply, body);
}
