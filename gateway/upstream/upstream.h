/* SPDX-License-Identifier: Apache-2.0 */
/* Calls to services from the event loop. Each call ends once: with the service's answer, with TIMEOUT when its budget
 * is over, or unheard because its caller left. Reads get a second chance at another instance after half of the budget.
 *
 * The pending table knows calls by request id; a caller that goes away takes itself out with upstream_leave, so an
 * answer never meets memory that is gone. Everything here belongs to the loop thread. */
#ifndef LIANGXIN_GATEWAY_UPSTREAM_H
#define LIANGXIN_GATEWAY_UPSTREAM_H

#include <uv.h>

#include "rpc/envelope.h"
#include "rpc/peers.h"

struct upstream;
struct upstream_pending;

/* A call, in its caller's memory until it has ended. */
struct upstream_call {
    const struct rpc_method *method;
    struct arena *arena;        /* the caller's; headers are packed here */
    struct rpc_request request; /* the caller fills in actor, key, version and trace; texts live as long as the call */
    struct slice body;          /* packed request; lives as long as the call */
    /* Called once. `reply`, its status and `body` end with the call of this function. */
    void (*done)(struct upstream_call *call, const struct rpc_reply *reply, struct slice body);
    struct upstream_pending *pending; /* upstream's; NULL when the call is not under way */
};

/* Watches `loop`; `calls_limit` bounds the calls in flight. `bus` must outlive it. */
struct upstream *upstream_new(uv_loop_t *loop, struct bus *bus, size_t calls_limit);
/* Texts must outlive it. Before upstream_start. */
void upstream_add(struct upstream *upstream, const char *service, const char *hosts);
/* The service without which nothing can be answered. Its name must outlive the upstream. Before upstream_start. */
void upstream_need(struct upstream *upstream, const char *service);
/* True once an instance of the needed service has been connected; from any thread. */
bool upstream_has_needed(const struct upstream *upstream);
/* True when each service has an instance that takes calls. Loop thread. */
bool upstream_is_connected(const struct upstream *upstream);
/* Resolves the hosts for the first time (blocking), opens the sockets, and begins to watch. */
void upstream_start(struct upstream *upstream);
/* Stops watching; calls under way end unheard. Run the loop until it is empty, then upstream_free. */
void upstream_stop(struct upstream *upstream);
void upstream_free(struct upstream *upstream);

/* Sends the call. UNAVAILABLE at once when no instance can take it or too many calls are in flight; `done` is not
 * called then. */
status_t upstream_send(struct upstream *upstream, struct upstream_call *call);
/* The caller leaves; `done` will not be called. Nothing happens when the call is not under way. */
void upstream_leave(struct upstream_call *call);

#endif
