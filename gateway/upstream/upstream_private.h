/* SPDX-License-Identifier: Apache-2.0 */
/* What upstream.c (calls), upstream_pending.c (the table) and upstream_watch.c (sockets and the loop) share. */
#ifndef LIANGXIN_GATEWAY_UPSTREAM_PRIVATE_H
#define LIANGXIN_GATEWAY_UPSTREAM_PRIVATE_H

#include <stdatomic.h>

#include "gateway/upstream/upstream.h"

#define UPSTREAM_SERVICES 8
#define PENDING_BUCKETS   4096 /* a power of two */

/* One call in flight. */
struct upstream_pending {
    uv_timer_t timer;
    struct upstream *upstream;
    struct upstream_pending *next;  /* in its bucket, or among the free */
    struct upstream_pending *older; /* of all that were ever made */
    struct id id;
    struct rpc_instance *instance; /* stays open while this counts in its in_flight */
    struct upstream_call *call;    /* NULL: the caller has left */
    int64_t deadline_ms;
    bool may_repeat;
};

struct pending_table {
    struct upstream_pending *bucket[PENDING_BUCKETS];
    struct upstream_pending *free;
    struct upstream_pending *newest;
    size_t count;
};

/* upstream_pending.c: entries with a timer on the loop; memory is kept until the table goes. */
struct upstream_pending *pending_take(struct upstream *upstream, const struct id *id);
struct upstream_pending *pending_find(const struct pending_table *table, const struct id *id);
void pending_give_back(struct upstream_pending *pending);
void pending_stop(struct pending_table *table);
void pending_free(struct pending_table *table);

/* A socket of an instance, seen by the loop. */
struct watch {
    uv_poll_t poll;
    struct rpc_instance *instance;
    struct watch *next;
    bool woken; /* the descriptor spoke since the socket was last drained */
};

struct resolution;

struct upstream {
    uv_loop_t *loop;
    struct rpc_peers *peers;
    size_t calls_limit;
    struct pending_table pending;
    struct arena *arena; /* of the answer being read */
    struct watch *watches;
    uv_prepare_t prepare;
    uv_check_t check;
    uv_idle_t idle;
    uv_timer_t resolve_timer;
    const char *services[UPSTREAM_SERVICES];
    size_t n_services;
    const char *needed; /* NULL: no service in particular */
    uv_timer_t needed_timer;
    atomic_bool has_needed;        /* set once by the loop, read by the admin thread */
    struct resolution *resolution; /* names being looked up on another thread */
    bool stopping;
};

/* upstream_watch.c */
void upstream_watch_start(struct upstream *upstream);
void upstream_watch_stop(struct upstream *upstream);

/* upstream.c: an answer has arrived on the socket of `instance`. */
void upstream_answer(struct upstream *upstream, struct bus_message *message);

#endif
