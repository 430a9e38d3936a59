/* SPDX-License-Identifier: Apache-2.0 */
/* All that a handler may see. For a command the transaction is begun before the handler and committed after it; a
 * status rolls it back. Handlers read: shape, facts, judgement, effect, news, answer. */
#ifndef LIANGXIN_RPC_CALL_H
#define LIANGXIN_RPC_CALL_H

#include "base/date.h"
#include "io/db.h"
#include "rpc/actor.h"
#include "rpc/envelope.h"

struct rpc_client;

struct call {
    struct arena *arena; /* ends with the call */
    struct db *db;       /* this worker's connection; NULL for pure methods */
    const struct rpc_method *method;
    const struct rpc_request *request;
    const struct actor *actor; /* who acts; NULL when a service calls without one */
    const char *caller;        /* name of the process that asked, by its key */
    instant_t now;             /* one moment for the whole call, so that a repeat says the same */
    date_t today;
    void *state;               /* what the service set up at start; immutable */
    void *prepared;            /* what the method's prepare step left for its handler */
    struct rpc_client *client; /* for prepare steps only: never inside the transaction */
    int64_t deadline_ms;       /* monotonic */
    bool audited;              /* an audit row is queued, or nothing has changed */
    bool leaves_work;          /* set by a handler: once committed, a background job should look */
};

/* STALE unless the caller has seen this version of the row (If-Match). Who can tell what has changed since the version
 * of call->request answers with status_stale() instead. */
status_t call_expect_version(struct call *call, int64_t version);

/* actor_scope() of who acts. NULL for services, which see everything they may ask for. */
const struct id *call_scope(const struct call *call);

#endif
