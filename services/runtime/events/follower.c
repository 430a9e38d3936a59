/* SPDX-License-Identifier: Apache-2.0 */
/* One thread for each service followed: pull, apply, wait for the bell. Owns its connection, client and bell sockets.
 */
#include "events/follower.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include <liangxin/feed/v1/feed.facts.h>
#include <liangxin/feed/v1/feed.pb-c.h>

#include "base/check.h"
#include "events/batch.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/metrics.h"
#include "rpc/codec.h"
#include "rpc/peers.h"
#include "base/banned.h"

#define PAGE        500 /* events of one transaction; a page has fewer when payloads are long */
#define FALLBACK_MS 250 /* bells may be lost: look without one */
#define TROUBLE_MS  500 /* after a failure that is not an event's */
#define BATCH_MS    15000
#define BELLS       8
#define KINDS       16
#define ARENA_LIMIT ((size_t)64 * 1024 * 1024)

struct follower {
    struct follower_setup setup;
    pthread_t thread;
    atomic_bool stopping;
    atomic_bool healthy;
    struct arena *arena;
    struct db *db;
    struct rpc_client *client;
    struct rpc_peer peer;
    zmq_pollitem_t bell[BELLS];
    int n_bells;
    char *kinds[KINDS]; /* aggregates subscribed to */
    size_t n_kinds;
    struct id epoch; /* of the cursor; nil before it is read */
    int64_t pos;
};

static struct metric lag_gauge = {
    .name = "liangxin_follow_lag",
    .kind = METRIC_GAUGE,
    .label = "source",
    .prose = "Events of another service's feed that are not applied here yet. Should fall back to 0 within seconds.",
};
static struct metric applied_total = {
    .name = "liangxin_follow_events_total",
    .kind = METRIC_COUNTER,
    .label = "source",
    .prose = "Events of another service's feed that went through here.",
};
static struct metric parked_total = {
    .name = "liangxin_follow_parked_total",
    .kind = METRIC_COUNTER,
    .label = "source",
    .prose = "Events that failed and stopped their aggregate. Any rise needs an operator: list, mend, retry or skip.",
};
static struct metric epoch_alarm = {
    .name = "liangxin_follow_epoch_mismatch",
    .kind = METRIC_GAUGE,
    .label = "source",
    .prose =
        "1 while a feed we follow has begun a new life (a restore) and an operator has not confirmed where to go on.",
};

void
follower_metrics(void)
{
    metrics_register(&lag_gauge);
    metrics_register(&applied_total);
    metrics_register(&parked_total);
    metrics_register(&epoch_alarm);
}

static struct follow
follow_now(struct follower *follower)
{
    return (struct follow){
        .db = follower->db, .arena = follower->arena, .state = follower->setup.state, .now = clock_now()
    };
}

static status_t
fetch(struct follower *follower, Liangxin__Feed__V1__FetchReply **ret_reply)
{
    Liangxin__Feed__V1__FetchRequest request = LIANGXIN__FEED__V1__FETCH_REQUEST__INIT;
    struct rpc_options options = { .service = follower->setup.source };
    ProtobufCMessage *reply;
    status_t st;

    request.after = follower->pos;
    request.limit = PAGE;
    request.aggregates = follower->kinds;
    request.n_aggregates = follower->n_kinds;
    st = rpc_call(follower->client, follower->arena, &feed_fetch, &request.base, &options, &reply);
    *ret_reply = st ? NULL : (Liangxin__Feed__V1__FetchReply *)reply;
    return st;
}

static status_t
read_page(struct follower *follower, const Liangxin__Feed__V1__FetchReply *reply, struct batch *ret_batch)
{
    struct event *events = arena_array(follower->arena, reply->n_events + 1, sizeof *events);

    for (size_t i = 0; i < reply->n_events; i++) {
        const Liangxin__Feed__V1__Event *event = reply->events[i];

        events[i] = (struct event){ .source = follower->setup.source,
                                    .aggregate = event->aggregate,
                                    .version = event->version,
                                    .type = event->type,
                                    .payload = slice_make(event->payload.data, event->payload.len),
                                    .at = event->at_us,
                                    .pos = event->pos };
        if (!id_from_bytes(event->aggregate_id.data, event->aggregate_id.len, &events[i].id))
            return status_plain(PROBLEM_MALFORMED);
    }
    *ret_batch = (struct batch){ .source = follower->setup.source,
                                 .subscriptions = follower->setup.subscriptions,
                                 .epoch = follower->epoch,
                                 .after = follower->pos,
                                 .next = reply->next,
                                 .events = events,
                                 .count = reply->n_events };
    return OK;
}

static void
report(struct follower *follower, const char *what, status_t st)
{
    log_status(what, st, (struct log_field[]){ log_text("source", follower->setup.source), { 0 } });
}

static bool
is_events_fault(const struct follower *follower, status_t st)
{
    return !status_retryable(st) && !db_may_repeat(follower->db) && !db_commit_unknown(follower->db) &&
           !status_is(st, PROBLEM_EPOCH_CHANGED);
}

static void
go_on_from(struct follower *follower, int64_t pos)
{
    follower->pos = pos;
    if (follower->setup.committed)
        follower->setup.committed(follower->setup.committed_context);
}

/* One event in a transaction of its own; parked when it fails for a reason of its own. */
static status_t
apply_single(struct follower *follower, struct batch single)
{
    struct follow follow = follow_now(follower);
    const struct event *failed;
    enum batch_outcome outcome;
    status_t st = OK;
    int64_t at;

    outcome = batch_apply(&follow, &single, &at, &failed, &st);
    if (outcome == BATCH_FAILED && is_events_fault(follower, st)) {
        report(follower, "event-parked", st);
        metric_add(&parked_total, follower->setup.source, 1);
        single.park_pos = single.events[0].pos;
        single.park_problem = st->problem->slug;
        outcome = batch_apply(&follow, &single, &at, &failed, &st);
    }
    if (outcome == BATCH_FAILED)
        return st;
    go_on_from(follower, outcome == BATCH_MOVED ? at : single.next);
    return OK;
}

static status_t apply_page(struct follower *follower, const struct batch *batch);

/* The page in halves, and those again, until the guilty event is alone: all others still share transactions. */
static status_t
apply_halves(struct follower *follower, const struct batch *batch)
{
    struct batch first = *batch;
    struct batch second = *batch;
    status_t st;

    first.count = batch->count / 2;
    first.next = batch->events[first.count - 1].pos;
    st = apply_page(follower, &first);
    if (st || follower->pos != first.next) /* another instance was here */
        return st;
    second.events += first.count;
    second.count -= first.count;
    second.after = first.next;
    return apply_page(follower, &second);
}

static status_t
apply_several(struct follower *follower, const struct batch *batch)
{
    struct follow follow = follow_now(follower);
    const struct event *failed;
    status_t st = OK;
    int64_t at = follower->pos;

    switch (batch_apply(&follow, batch, &at, &failed, &st)) {
    case BATCH_DONE:
        go_on_from(follower, batch->next);
        return OK;
    case BATCH_MOVED:
        follower->pos = at;
        return OK;
    case BATCH_FAILED:
        break;
    }
    if (!is_events_fault(follower, st))
        return st;
    return apply_halves(follower, batch);
}

static status_t
apply_page(struct follower *follower, const struct batch *batch)
{
    return batch->count == 1 ? apply_single(follower, *batch) : apply_several(follower, batch);
}

/* Compares the feed's life with the one our cursor belongs to. */
static status_t
check_epoch(struct follower *follower, const Liangxin__Feed__V1__FetchReply *reply)
{
    struct follow follow = follow_now(follower);
    struct id epoch;
    bool same;
    status_t st;

    if (!id_from_bytes(reply->epoch.data, reply->epoch.len, &epoch))
        return status_plain(PROBLEM_MALFORMED);
    st = OK;
    if (id_is_nil(&follower->epoch))
        st = batch_cursor(&follow, follower->setup.source, &epoch, &follower->epoch, &follower->pos);
    if (st)
        return st;
    same = id_equal(&epoch, &follower->epoch);
    atomic_store(&follower->healthy, same);
    metric_set(&epoch_alarm, follower->setup.source, !same);
    return same ? OK : status_plain(PROBLEM_EPOCH_CHANGED);
}

/* One page; *ret_more when the next should be asked for at once. */
static status_t
turn(struct follower *follower, bool *ret_more)
{
    bool first = id_is_nil(&follower->epoch);
    Liangxin__Feed__V1__FetchReply *reply;
    struct batch batch;
    status_t st;

    *ret_more = false;
    db_deadline(follower->db, clock_ms() + BATCH_MS);
    st = db_ready(follower->arena, follower->db);
    if (!st)
        st = fetch(follower, &reply);
    if (!st)
        st = check_epoch(follower, reply);
    if (st)
        return st;
    if (first) { /* the page was asked for before the cursor was known */
        *ret_more = true;
        return OK;
    }
    metric_set(&lag_gauge, follower->setup.source, reply->head - follower->pos);
    if (reply->next == follower->pos)
        return OK;
    st = read_page(follower, reply, &batch);
    if (!st)
        st = apply_page(follower, &batch);
    if (!st) {
        metric_add(&applied_total, follower->setup.source, (int64_t)batch.count);
        metric_set(&lag_gauge, follower->setup.source, reply->head - follower->pos);
        *ret_more = follower->pos < reply->head;
    }
    return st;
}

static void
await_bell(struct follower *follower, int64_t ms)
{
    struct bus_message message;

    zmq_poll(follower->bell, follower->n_bells, ms);
    for (int i = 0; i < follower->n_bells; i++)
        while (bus_receive(follower->bell[i].socket, &message))
            bus_message_done(&message);
}

static void
open_bells(struct follower *follower)
{
    struct rpc_endpoints endpoints;

    peers_resolve(follower->setup.bells ? follower->setup.bells : "", &endpoints);
    for (size_t i = 0; i < endpoints.count && follower->n_bells < BELLS; i++) {
        void *socket = bus_subscriber(follower->setup.bus, endpoints.endpoint[i], follower->setup.source);

        if (socket)
            follower->bell[follower->n_bells++] = (zmq_pollitem_t){ .socket = socket, .events = ZMQ_POLLIN };
    }
}

static void *
follower_main(void *argument)
{
    struct follower *follower = argument;

    follower->arena = arena_new(ARENA_LIMIT);
    follower->db = db_new(follower->setup.dsn, follower->setup.name);
    follower->client = rpc_client_new(follower->setup.bus, &follower->peer, 1);
    open_bells(follower);
    while (!atomic_load(&follower->stopping)) {
        bool more = false;
        status_t st;

        arena_reset(follower->arena);
        st = turn(follower, &more);
        if (st) {
            report(follower, "follow", st);
            follower->epoch = (struct id){ { 0 } }; /* read the cursor again */
        }
        if (!more)
            await_bell(follower, st ? TROUBLE_MS : FALLBACK_MS);
    }
    for (int i = 0; i < follower->n_bells; i++)
        bus_socket_close(follower->bell[i].socket);
    rpc_client_free(follower->client);
    db_free(follower->db);
    arena_free(follower->arena);
    return NULL;
}

static void
collect_kinds(struct follower *follower)
{
    for (const struct subscription *row = follower->setup.subscriptions; row->source; row++) {
        bool known = strcmp(row->source, follower->setup.source) != 0;

        for (size_t i = 0; i < follower->n_kinds; i++)
            known |= strcmp(follower->kinds[i], row->aggregate) == 0;
        if (!known) {
            CHECK(follower->n_kinds < KINDS);
            follower->kinds[follower->n_kinds++] = (char *)(uintptr_t)row->aggregate;
        }
    }
}

status_t
follower_start(struct arena *arena, const struct follower_setup *setup, struct follower **ret_follower)
{
    struct follower *follower = calloc(1, sizeof *follower);

    (void)arena;
    CHECK(follower != NULL);
    follower->setup = *setup;
    follower->peer = (struct rpc_peer){ .service = setup->source, .hosts = setup->hosts };
    atomic_store(&follower->healthy, true);
    collect_kinds(follower);
    CHECK(pthread_create(&follower->thread, NULL, follower_main, follower) == 0);
    *ret_follower = follower;
    return OK;
}

void
follower_stop(struct follower *follower)
{
    if (!follower)
        return;
    atomic_store(&follower->stopping, true);
    pthread_join(follower->thread, NULL);
    free(follower);
}

bool
follower_healthy(const struct follower *follower)
{
    return atomic_load(&follower->healthy);
}
