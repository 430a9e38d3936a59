/* SPDX-License-Identifier: Apache-2.0 */
/* One request on its way: router, session, transcode_in, upstream, transcode_out or problem. A journey holds everything
 * that the request needs (buffer, arena, answer) and is used again for the next one. Loop thread. */
#ifndef LIANGXIN_GATEWAY_JOURNEY_H
#define LIANGXIN_GATEWAY_JOURNEY_H

#include "gateway/head_scan.h"
#include "gateway/limits.h"
#include "gateway/request.h"
#include "gateway/response.h"
#include "gateway/router.h"
#include "gateway/session.h"
#include "gateway/upstream.h"

/* What journeys share. Set at start and does not change, but for the pool. */
struct journey_context {
    struct router *router;
    struct upstream *upstream;
    struct sessions *sessions;
    struct limits limits;
    size_t answer_limit;              /* bytes of JSON */
    const struct rpc_method *log_in;  /* sets the cookie of browsers to its answer's "token" */
    const struct rpc_method *log_out; /* takes it away */
    bool secure_cookie;
    struct journey *free;
    size_t n_free;
};

struct journey {
    struct journey_context *context;
    struct journey *next; /* among the free */
    struct arena *arena;  /* of the request; reset by journey_renew */
    struct request request;
    struct router_match match;
    struct session_waiter waiter;
    struct upstream_call call;
    struct strbuf json;
    struct strbuf head;
    struct response response; /* complete when `arrived` is called */
    enum language language;
    struct slice bearer;   /* of the Authorization field, or of the cookie */
    struct address client; /* the owner sets it */
    char id[ID_SIZE];
    int64_t began_us;
    void (*arrived)(struct journey *journey); /* the owner's; called once for each journey_begin, maybe within it */
    void *owner;
    char buffer[HEAD_LIMIT]; /* the connection's input; `request` views it */
};

/* A journey from the pool, ready for a request. */
struct journey *journey_take(struct journey_context *context);
/* Back to the pool; a call under way goes on unheard. */
void journey_give_back(struct journey *journey);
/* Frees the pool. */
void journey_pool_free(struct journey_context *context);

/* Forgets the last request; the buffer's content stays. */
void journey_renew(struct journey *journey);
/* `request` is complete: sets out. */
void journey_begin(struct journey *journey);
/* Answers a request that never became one. `arrived` is called. */
void journey_refuse(struct journey *journey, enum head_verdict verdict);

#endif
