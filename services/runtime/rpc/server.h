/* SPDX-License-Identifier: Apache-2.0 */
/* The answering side: a front thread with the ROUTER, N workers behind one queue, answers back over inproc. The frame
 * around every handler (transaction, idempotency, rights, deadline, repeat, one log line, one histogram) is in
 * worker.c and nowhere else. */
#ifndef LIANGXIN_RPC_SERVER_H
#define LIANGXIN_RPC_SERVER_H

#include <stddef.h>

#include "io/bus.h"
#include "io/db.h"
#include "io/seal.h"
#include "rpc/call.h"
#include "rpc/client.h"
#include "rpc/method.h"

/* A row of a service's method table. */
struct rpc_endpoint {
    const struct rpc_method *method;
    rpc_handler *handler;
    /* Calls peers before the transaction begins and leaves what it learnt in call->prepared; or NULL. */
    status_t (*prepare)(struct call *call, const ProtobufCMessage *in);
};

struct rpc_server_setup {
    struct bus *bus;
    const char *bind;                     /* "tcp://host:port" */
    const char *name;                     /* of the service; also the database's application name */
    const struct rpc_endpoint *endpoints; /* ends with .method == NULL */
    void *state;                          /* becomes call->state */
    const char *dsn;                      /* NULL: no database (pure methods only) */
    const struct seal_key *actor_public;  /* verifies actor tokens */
    const struct rpc_peer *peers;         /* whom prepare steps may call */
    size_t n_peers;
    int workers;
    int queue_limit; /* requests waiting for a worker; one more is answered EXHAUSTED */
    /* Called on the worker's thread after a commit: the sequencer may have work. NULL: nobody cares. */
    void (*committed)(void *context);
    void *committed_context;
    /* The same for calls that set call->leaves_work. */
    void (*work_left)(void);
};

struct rpc_server;

/* Binds and starts the threads. Metrics must be registered before. `setup` is copied; what it points to must outlive
 * the server. */
status_t rpc_server_start(struct arena *arena, const struct rpc_server_setup *setup, struct rpc_server **ret_server);
/* Drains: sends new requests elsewhere (not_begun), finishes those taken within `drain_ms`, then ends the threads.
 * Accepts NULL. */
void rpc_server_stop(struct rpc_server *server, int64_t drain_ms);
/* Workers that reach their database now (an application ping goes through the same queue). */
bool rpc_server_ready(struct rpc_server *server);
/* Registers the metrics of servers and workers; once per process. */
void rpc_server_metrics(void);

#endif
