/* SPDX-License-Identifier: Apache-2.0 */
/* One worker thread: its own socket, connection and arenas, sharing only what does not change. */
#ifndef LIANGXIN_RPC_WORKER_H
#define LIANGXIN_RPC_WORKER_H

#include <stdatomic.h>

#include "rpc/queue.h"
#include "rpc/server.h"

/* What all workers of a server share; set before they start and does not change, but for the two counters. */
struct worker_pool {
    struct rpc_server_setup setup;
    struct request_queue queue;
    char replies[64];   /* inproc endpoint of the front's PULL */
    atomic_int running; /* workers that have not ended */
    atomic_int with_database;
};

/* The thread's main function; `argument` is the pool. */
void *worker_main(void *argument);
void worker_metrics(void);

#endif
