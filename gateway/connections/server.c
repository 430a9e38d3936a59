/* SPDX-License-Identifier: Apache-2.0 */
/* Listening and stopping. Stop: no new connections, idle ones closed, requests in work finished within drain_timeout,
 * then the upstream; the loop ends by itself when nothing is left. Loop thread; owns the listener. */
#include "gateway/connections/server.h"

#include <stdio.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include "base/check.h"
#include "gateway/connections/conn.h"
#include "gateway/meters.h"
#include "io/log.h"
#include "base/banned.h"

#define BACKLOG           1024
#define LISTEN_TICK_MS    20   /* between two looks whether the services are connected */
#define LISTEN_WAIT_MS    3000 /* after that without them: 503 says more than a refused connection */
#define OTHER_DESCRIPTORS 256  /* sockets to services, timers, the log */

static void
finish(struct server *server)
{
    if (uv_is_closing((uv_handle_t *)&server->drain_timer))
        return;
    uv_close((uv_handle_t *)&server->drain_timer, NULL);
    streams_stop(server->journeys.streams);
    upstream_stop(server->journeys.upstream);
}

void
server_forget(struct server *server)
{
    metric_set(&meter_connections, NULL, (int64_t)--server->n_conns);
    if (server->n_conns == 0 && atomic_load(&server->draining))
        finish(server);
}

/* What the kernel has taken for us already is ours to answer: it goes with the listener. */
static void
close_listener(struct server *server, uv_tcp_t *listener)
{
    uv_os_fd_t listening;
    int fd;

    if (uv_handle_get_type((uv_handle_t *)listener) != UV_TCP)
        return;
    if (atomic_load(&server->listening) && uv_fileno((uv_handle_t *)listener, &listening) == 0)
        while ((fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0)
            conn_adopt(server, fd, listener == &server->proxy_listener);
    uv_close((uv_handle_t *)listener, NULL);
}

static void
on_drain_timer(uv_timer_t *timer)
{
    struct server *server = timer->data;

    LOG(LOG_WARN, "drain-timeout", log_number("connections", (int64_t)server->n_conns));
    while (server->conns)
        conn_close(server->conns);
}

void
server_drain(struct server *server)
{
    struct conn *next;

    if (atomic_exchange(&server->draining, true))
        return;
    LOG(LOG_INFO, "draining", log_number("connections", (int64_t)server->n_conns));
    uv_close((uv_handle_t *)&server->listen_timer, NULL);
    if (uv_handle_get_type((uv_handle_t *)&server->drain) == UV_POLL)
        uv_close((uv_handle_t *)&server->drain, NULL);
    uv_timer_start(&server->drain_timer, on_drain_timer, (uint64_t)server->configuration->drain_timeout, 0);
    for (struct conn *conn = server->conns; conn; conn = next) {
        next = conn->next;
        conn_drain(conn);
    }
    close_listener(server, &server->listener);
    close_listener(server, &server->proxy_listener);
    if (server->n_conns == 0)
        finish(server);
}

static void
on_drain(uv_poll_t *poll, int status, int events)
{
    (void)status;
    (void)events;
    server_drain(poll->data);
}

static void
on_connection(uv_stream_t *listener, int status)
{
    if (status == 0)
        conn_accept(listener->data, (uv_tcp_t *)listener);
}

static bool
parse_address(const char *bind_to, struct sockaddr_storage *ret_address)
{
    const char *colon = strrchr(bind_to, ':');
    char host[64];
    long port;

    if (!colon || (size_t)(colon - bind_to) >= sizeof host)
        return false;
    snprintf(host, sizeof host, "%.*s", (int)(colon - bind_to), bind_to);
    port = strtol(colon + 1, NULL, 10);
    return port >= 0 && port <= 65535 &&
           (uv_ip4_addr(host, (int)port, (struct sockaddr_in *)ret_address) == 0 ||
            uv_ip6_addr(host, (int)port, (struct sockaddr_in6 *)ret_address) == 0);
}

/* Takes "address:port"; `setting` is its name in a complaint. */
static status_t
bind_to_address(struct arena *arena, struct server *server, uv_tcp_t *listener, const char *setting,
                const char *bind_to)
{
    struct sockaddr_storage address = { 0 };
    int shared = (int)server->configuration->http_share;
    uv_os_fd_t fd;
    int error;

    if (!parse_address(bind_to, &address))
        return status_detail(arena, PROBLEM_BAD_VALUE, "%s: an address and a port, numeric", setting);
    CHECK(uv_tcp_init_ex(server->loop, listener, address.ss_family) == 0);
    CHECK(uv_fileno((uv_handle_t *)listener, &fd) == 0);
    CHECK(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &shared, sizeof shared) == 0);
    listener->data = server;
    error = uv_tcp_bind(listener, (const struct sockaddr *)&address, 0);
    if (!error)
        return OK;
    return status_detail(arena, PROBLEM_UNAVAILABLE, "cannot listen on %s: %s", bind_to, uv_strerror(error));
}

static status_t
bind_to_all(struct arena *arena, struct server *server)
{
    const struct configuration *configuration = server->configuration;
    status_t st = bind_to_address(arena, server, &server->listener, "LIANGXIN_HTTP_BIND", configuration->http_bind);

    if (st || !configuration->proxy_bind[0])
        return st;
    return bind_to_address(arena, server, &server->proxy_listener, "LIANGXIN_PROXY_BIND", configuration->proxy_bind);
}

/* From now on the kernel gives new connections to the second listener of a shared port: to us, when somebody was there
 * before, whose queue then only grows shorter. A lone listener gets them all. */
static void
take_over(const uv_tcp_t *listener)
{
    struct sock_filter second = { .code = BPF_RET | BPF_K, .k = 1 };
    struct sock_fprog program = { .len = 1, .filter = &second };
    uv_os_fd_t fd;

    if (uv_fileno((const uv_handle_t *)listener, &fd) != 0 ||
        setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof program) != 0)
        LOG(LOG_WARN, "cannot-take-over");
}

static status_t
begin_listening(struct server *server)
{
    int error = uv_listen((uv_stream_t *)&server->listener, BACKLOG, on_connection);

    if (!error && server->configuration->proxy_bind[0])
        error = uv_listen((uv_stream_t *)&server->proxy_listener, BACKLOG, on_connection);
    if (error) {
        LOG(LOG_ERROR, "cannot-listen", log_text("why", uv_strerror(error)));
        return status_plain(PROBLEM_UNAVAILABLE);
    }
    if (server->configuration->http_share)
        take_over(&server->listener);
    if (server->configuration->http_share && server->configuration->proxy_bind[0])
        take_over(&server->proxy_listener);
    atomic_store(&server->listening, true);
    return OK;
}

/* Whoever shares the port with us has the services already: we take no connection before we have them too. */
static void
on_listen_timer(uv_timer_t *timer)
{
    struct server *server = timer->data;

    if (!upstream_is_connected(server->journeys.upstream) && uv_now(server->loop) < (uint64_t)server->listen_by_ms)
        return;
    uv_timer_stop(timer);
    if (begin_listening(server))
        server_drain(server);
}

static status_t
listen_in_time(struct server *server)
{
    if (!server->configuration->http_share)
        return begin_listening(server);
    server->listen_by_ms = (int64_t)uv_now(server->loop) + LISTEN_WAIT_MS;
    uv_timer_start(&server->listen_timer, on_listen_timer, 0, LISTEN_TICK_MS);
    return OK;
}

/* As many descriptors as we are allowed: the default of most systems is 1024, and a connection is one. */
static void
raise_descriptors(int64_t connections)
{
    struct rlimit limit;

    CHECK(getrlimit(RLIMIT_NOFILE, &limit) == 0);
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < (rlim_t)(connections + OTHER_DESCRIPTORS))
        LOG(LOG_WARN, "few-descriptors", log_number("descriptors", (int64_t)limit.rlim_cur),
            log_number("connections_limit", connections));
}

/* What a file may take of us. */
static void
limit_files(struct journey_context *journeys, const struct configuration *configuration)
{
    journeys->file_limit = (size_t)configuration->file_limit;
    journeys->files_limit = (size_t)configuration->files_limit;
    journeys->file_timeout_ms = configuration->file_timeout;
}

status_t
server_open(struct arena *arena, struct server *server, int drain_fd)
{
    status_t st;

    raise_descriptors(server->configuration->connections_limit);
    limit_files(&server->journeys, server->configuration);
    CHECK(uv_timer_init(server->loop, &server->drain_timer) == 0);
    CHECK(uv_timer_init(server->loop, &server->listen_timer) == 0);
    server->drain.data = server->drain_timer.data = server->listen_timer.data = server;
    st = bind_to_all(arena, server);
    if (!st)
        st = listen_in_time(server);
    if (st || drain_fd < 0)
        return st;
    CHECK(uv_poll_init(server->loop, &server->drain, drain_fd) == 0);
    CHECK(uv_poll_start(&server->drain, UV_READABLE, on_drain) == 0);
    return OK;
}

static int
port_of(const uv_tcp_t *listener)
{
    struct sockaddr_storage address;
    int size = sizeof address;

    if (uv_tcp_getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return 0;
    return ntohs(address.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&address)->sin6_port
                                               : ((struct sockaddr_in *)&address)->sin_port);
}

int
server_port(const struct server *server)
{
    return port_of(&server->listener);
}

int
server_proxy_port(const struct server *server)
{
    return port_of(&server->proxy_listener);
}
