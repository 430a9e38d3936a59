/* SPDX-License-Identifier: Apache-2.0 */
/* Calls to other services from a thread of ours: blocking, with a deadline. An attempt without an answer is repeated on
 * another instance only where that is safe: PURE, READ and APPLY methods, commands with a key, and whatever an instance
 * sent away because it is stopping. Only the outermost caller repeats. A client belongs to one thread. */
#ifndef LIANGXIN_RPC_CLIENT_H
#define LIANGXIN_RPC_CLIENT_H

#include "base/slice.h"
#include "io/bus.h"
#include "rpc/method.h"

struct rpc_client;

/* "host:port[,host:port]" of each service this process may call; hosts NULL: not called. */
struct rpc_peer {
    const char *service;
    const char *hosts;
};

struct rpc_options {
    const char *service;         /* NULL: the method's own; for methods that every service answers (feed, ping) */
    uint32_t budget_ms;          /* 0: the method's own */
    struct slice actor;          /* token to pass on; empty: we ask as ourselves */
    const char *idempotency_key; /* for commands */
    bool has_version;
    int64_t version; /* If-Match */
    const char *trace;
};

struct rpc_client *rpc_client_new(struct bus *bus, const struct rpc_peer *peers, size_t n_peers);
void rpc_client_free(struct rpc_client *client);

/* One call. The reply lives in `arena`. Fails with what the service answered, UNAVAILABLE when no instance takes the
 * message, TIMEOUT after the budget. */
status_t rpc_call(struct rpc_client *client, struct arena *arena, const struct rpc_method *method,
                  const ProtobufCMessage *request, const struct rpc_options *options, ProtobufCMessage **ret_reply);

#endif
