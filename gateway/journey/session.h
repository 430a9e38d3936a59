/* SPDX-License-Identifier: Apache-2.0 */
/* Who is it: a bearer token becomes the actor token that organizations signs. Tokens are remembered by the bearer's
 * hash, renewed while they are used, and refused bearers for a second; one question at a time for each. Loop thread. */
#ifndef LIANGXIN_GATEWAY_SESSION_H
#define LIANGXIN_GATEWAY_SESSION_H

#include <uv.h>

#include "base/status.h"
#include "gateway/upstream/upstream.h"

struct sessions;

/* Somebody waits for an answer; in the memory of who waits, until told or until session_leave. */
struct session_waiter {
    /* `token` lives until this function returns. */
    void (*told)(struct session_waiter *waiter, status_t st, struct slice token);
    struct session_waiter *next;
    struct session_waiter **back; /* NULL: does not wait */
};

/* `exchange` is the method that takes {token} and gives {actor_token, expires_at_ms}; at most `limit` are remembered.
 */
struct sessions *sessions_new(struct upstream *upstream, const struct rpc_method *exchange, size_t limit);
/* After the upstream has stopped. */
void sessions_free(struct sessions *sessions);

/* The bearer token of an Authorization field; empty when there is none. */
struct slice session_bearer(struct slice authorization);
/* The same text when it can be a token, or nothing. */
struct slice session_token(struct slice text);
/* True when the answer is known now: `ret_status` and, when OK, `ret_token` (a view, until the loop turns). Otherwise
 * `waiter` is told later. */
bool session_ask(struct sessions *sessions, struct slice bearer, struct session_waiter *waiter, status_t *ret_status,
                 struct slice *ret_token);
/* The same for somebody who only looks whether the log-in still holds: that is no use of it, and alone does not keep it
 * from ending for want of use. */
bool session_watch(struct sessions *sessions, struct slice bearer, struct session_waiter *waiter, status_t *ret_status,
                   struct slice *ret_token);
void session_leave(struct session_waiter *waiter);
/* True when it was good at the last look, however long ago: such a client is no guesser. */
bool session_is_known(struct sessions *sessions, struct slice bearer);
/* After a successful command: when it belongs to the service of accounts, who the bearer is may have changed (log-out,
 * another post), and it is asked anew. */
void session_changed(struct sessions *sessions, struct slice bearer, const struct rpc_method *method);

#endif
