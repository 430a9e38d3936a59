/* SPDX-License-Identifier: Apache-2.0 */
/* A connection's life: accept, requests in turn, close. Input is in conn_read.c, output in conn_write.c. Loop thread;
 * owns the handles and the memory of a connection, which goes when the last handle is closed. */
#include "gateway/connections/conn.h"

#include <stdlib.h>

#include "base/check.h"
#include "gateway/connections/conn_private.h"
#include "gateway/meters.h"
#include "base/banned.h"

#define BODY_PROGRESS ((size_t)16 * 1024)
#define LINGER_MS     1000
#define DRAIN_IDLE_MS 300 /* for a request that may be on its way when we are asked to stop */

static const char turned_away[] = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\n"
                                  "Connection: close\r\n\r\n";

static const char *const waiting_for[] = {
    [CONN_IDLE] = "idle",   [CONN_HEAD] = "head",     [CONN_BODY] = "body",     [CONN_WORK] = "work",
    [CONN_WRITE] = "write", [CONN_STREAM] = "stream", [CONN_LINGER] = "linger", [CONN_CLOSED] = "closed"
};

static void
on_handle_closed(uv_handle_t *handle)
{
    struct conn *conn = handle->data;
    struct server *server = conn->server;

    if (--conn->open_handles)
        return;
    if (conn->journey)
        journey_give_back(conn->journey);
    conn_stream_free(conn);
    free(conn);
    server_forget(server);
}

void
conn_close(struct conn *conn)
{
    if (conn->state == CONN_CLOSED)
        return;
    conn->state = CONN_CLOSED;
    conn_stream_leave(conn);
    if (conn->journey) {
        session_leave(&conn->journey->waiter);
        upstream_leave(&conn->journey->call);
    }
    *conn->back = conn->next;
    if (conn->next)
        conn->next->back = conn->back;
    uv_close((uv_handle_t *)&conn->tcp, on_handle_closed);
    uv_close((uv_handle_t *)&conn->timer, on_handle_closed);
}

static bool
has_progress(struct conn *conn)
{
    size_t before = conn->progress;

    if (conn->state == CONN_BODY || conn->state == CONN_WRITE)
        if (journey_is_late(conn->journey))
            return false;
    if (conn->state == CONN_BODY) {
        conn->progress = conn_body_filled(conn);
        return conn->progress - before >= BODY_PROGRESS;
    }
    if (conn->state == CONN_WRITE) {
        conn->progress = uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp);
        return conn->progress < before;
    }
    return false;
}

static void
on_timer(uv_timer_t *timer)
{
    struct conn *conn = timer->data;

    if (has_progress(conn)) {
        uv_timer_again(timer);
        return;
    }
    if (conn->state != CONN_LINGER && !(conn->state == CONN_IDLE && atomic_load(&conn->server->draining)))
        metric_add(&meter_timeouts, waiting_for[conn->state], 1);
    conn_close(conn);
}

void
conn_enter(struct conn *conn, enum conn_state state)
{
    const struct configuration *configuration = conn->server->configuration;
    const int64_t limits_ms[] = {
        [CONN_IDLE] = configuration->idle_timeout,
        [CONN_HEAD] = configuration->head_timeout,
        [CONN_BODY] = configuration->body_timeout,
        [CONN_WORK] = 0,
        [CONN_WRITE] = configuration->write_timeout,
        [CONN_STREAM] = configuration->write_timeout,
        [CONN_LINGER] = LINGER_MS,
        [CONN_CLOSED] = 0,
    };
    uint64_t limit_ms = (uint64_t)limits_ms[state];

    conn->state = state;
    conn->progress = 0;
    if (limit_ms)
        uv_timer_start(&conn->timer, on_timer, limit_ms, limit_ms);
    else
        uv_timer_stop(&conn->timer);
}

bool
conn_is_last(const struct conn *conn)
{
    const struct journey *journey = conn->journey;

    return conn->ended || atomic_load(&conn->server->draining) || !journey->request.keep_alive ||
           (conn->in_pieces && !journey_has_all(journey));
}

/* Takes in what is in the buffer until a request is in work, bytes are missing, or the connection ends. */
void
conn_run(struct conn *conn)
{
    if (conn->running)
        return;
    conn->running = true;
    while (conn_has_request(conn)) {
        conn_enter(conn, CONN_WORK);
        conn_mind_room(conn);
        journey_begin(conn->journey);
    }
    conn->running = false;
}

/* The answer has left: what is left in the buffer begins the next request. */
void
conn_renew(struct conn *conn)
{
    struct journey *journey = conn->journey;

    conn->filled -= conn->request_end;
    memmove(journey->buffer, journey->buffer + conn->request_end, conn->filled);
    conn->scanned = 0;
    conn->request_end = 0;
    conn->body = NULL;
    conn->in_pieces = false;
    if (conn->filled) {
        journey_renew(journey);
        conn_enter(conn, CONN_HEAD);
    } else {
        journey_give_back(journey);
        conn->journey = NULL;
        conn_enter(conn, CONN_IDLE);
    }
    conn_listen(conn);
    conn_run(conn);
}

static struct conn *
conn_new(struct server *server)
{
    struct conn *conn = calloc(1, sizeof *conn);

    CHECK(conn != NULL);
    conn->server = server;
    CHECK(uv_tcp_init(server->loop, &conn->tcp) == 0 && uv_timer_init(server->loop, &conn->timer) == 0);
    conn->tcp.data = conn->timer.data = conn->write.data = conn->shutdown.data = conn;
    conn->open_handles = 2;
    conn->deaf = true;
    conn->next = server->conns;
    conn->back = &server->conns;
    if (conn->next)
        conn->next->back = &conn->next;
    server->conns = conn;
    metric_set(&meter_connections, NULL, (int64_t)++server->n_conns);
    return conn;
}

static struct address
peer_of(const struct conn *conn)
{
    struct sockaddr_storage peer = { 0 };
    int size = sizeof peer;

    uv_tcp_getpeername(&conn->tcp, (struct sockaddr *)&peer, &size); /* gone already: unknown */
    return address_of((const struct sockaddr *)&peer);
}

static void
turn_away(struct conn *conn)
{
    uv_buf_t text = uv_buf_init((char *)(uintptr_t)turned_away, sizeof turned_away - 1);

    metric_add(&meter_connections_refused, NULL, 1);
    uv_try_write((uv_stream_t *)&conn->tcp, &text, 1);
    conn_hang_up(conn);
}

static bool
is_full(const struct server *server)
{
    return server->n_conns >= (size_t)server->configuration->connections_limit;
}

static void
welcome(struct conn *conn, bool full, bool proxied)
{
    uv_tcp_nodelay(&conn->tcp, 1);
    conn->client = peer_of(conn);
    conn->proxied = proxied;
    if (full) {
        turn_away(conn);
        return;
    }
    conn_enter(conn, CONN_IDLE);
    conn_listen(conn);
}

void
conn_accept(struct server *server, uv_tcp_t *listener)
{
    bool full = is_full(server);
    struct conn *conn = conn_new(server);

    if (uv_accept((uv_stream_t *)listener, (uv_stream_t *)&conn->tcp) == 0)
        welcome(conn, full, listener == &server->proxy_listener);
    else
        conn_close(conn);
}

void
conn_adopt(struct server *server, int fd, bool proxied)
{
    bool full = is_full(server);
    struct conn *conn = conn_new(server);

    CHECK(uv_tcp_open(&conn->tcp, fd) == 0);
    welcome(conn, full, proxied);
    conn_drain(conn);
}

void
conn_drain(struct conn *conn)
{
    if (conn->state == CONN_IDLE)
        uv_timer_start(&conn->timer, on_timer, DRAIN_IDLE_MS, 0);
    else if (conn->state == CONN_STREAM)
        conn_stream_end(conn);
}
