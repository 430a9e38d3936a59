/* SPDX-License-Identifier: Apache-2.0 */
/* The listening socket, the connections, and the graceful stop. Loop thread. */
#ifndef LIANGXIN_GATEWAY_SERVER_H
#define LIANGXIN_GATEWAY_SERVER_H

#include <stdatomic.h>

#include <uv.h>

#include "gateway/configuration.h"
#include "gateway/journey/journey.h"

struct conn;

struct server {
    uv_loop_t *loop; /* set before server_open and does not change, like the next two */
    const struct configuration *configuration;
    struct journey_context journeys;
    uv_tcp_t listener;
    uv_tcp_t proxy_listener; /* of LIANGXIN_PROXY_BIND; not initialized without it */
    uv_timer_t listen_timer; /* of a shared port: until the services are connected */
    int64_t listen_by_ms;    /* of uv_now: we do not wait longer for them */
    atomic_bool listening;   /* also read by tests */
    uv_poll_t drain;
    uv_timer_t drain_timer;
    struct conn *conns; /* conn.c links and unlinks */
    size_t n_conns;
    atomic_bool draining; /* also read by the admin thread */
};

/* Listens on the configured addresses; where they are shared (LIANGXIN_HTTP_SHARE) as soon as the services are
 * connected. `drain_fd` (io/drain.h) turns readable when it is time to stop; -1: never. Once it does and the last
 * connection is gone the upstream is stopped too, and the loop runs empty. */
status_t server_open(struct arena *arena, struct server *server, int drain_fd);
/* The address listened on, for a port chosen by the system. */
int server_port(const struct server *server);
/* The same of the listener for a terminator. */
int server_proxy_port(const struct server *server);
/* As if asked by the descriptor. */
void server_drain(struct server *server);
/* conn.c tells that a connection's memory is gone. */
void server_forget(struct server *server);

#endif
