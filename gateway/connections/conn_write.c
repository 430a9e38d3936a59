/* SPDX-License-Identifier: Apache-2.0 */
/* Output of a connection: head and body in one write, the rest when the client takes it. Loop thread. */
#include "gateway/connections/conn_private.h"

#include "base/banned.h"

static void
written(struct conn *conn)
{
    if (journey_has_more(conn->journey)) {
        conn_enter(conn, CONN_WORK);
        journey_next_piece(conn->journey);
    } else if (conn_is_last(conn)) {
        conn_hang_up(conn);
    } else {
        conn_renew(conn);
    }
}

static void
on_written(uv_write_t *write, int status)
{
    struct conn *conn = write->data;

    if (conn->state == CONN_CLOSED)
        return;
    if (status < 0)
        conn_close(conn);
    else
        written(conn);
}

/* Drops the first `size` bytes of the two buffers. */
static void
skip(uv_buf_t bufs[2], size_t size)
{
    for (size_t i = 0; i < 2; i++) {
        size_t here = size < bufs[i].len ? size : bufs[i].len;

        bufs[i].base += here;
        bufs[i].len -= here;
        size -= here;
    }
}

static void
write_rest(struct conn *conn, uv_buf_t bufs[2])
{
    conn_enter(conn, CONN_WRITE);
    if (uv_write(&conn->write, (uv_stream_t *)&conn->tcp, bufs, 2, on_written) != 0) {
        conn_close(conn);
        return;
    }
    conn->progress = uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp);
}

void
conn_write(struct conn *conn, uv_buf_t bufs[2])
{
    int sent = uv_try_write((uv_stream_t *)&conn->tcp, bufs, 2);

    if (sent < 0 && sent != UV_EAGAIN) {
        conn_close(conn);
        return;
    }
    if (sent > 0)
        skip(bufs, (size_t)sent);
    if (bufs[0].len + bufs[1].len)
        write_rest(conn, bufs);
    else
        written(conn);
}

void
conn_answer(struct journey *journey)
{
    struct conn *conn = journey->owner;
    uv_buf_t bufs[2];

    if (journey->response.is_stream) {
        conn_stream_begin(conn);
        return;
    }
    journey->response.keep_alive = !conn_is_last(conn);
    response_head(&journey->head, &journey->response);
    bufs[0] = uv_buf_init(journey->head.data, (unsigned)journey->head.size);
    bufs[1] = uv_buf_init((char *)(uintptr_t)journey->response.body.data, (unsigned)journey->response.body.size);
    conn_write(conn, bufs);
}

static void
on_shut_down(uv_shutdown_t *shutdown, int status)
{
    (void)shutdown;
    (void)status; /* the client's end, or the timer, closes */
}

void
conn_hang_up(struct conn *conn)
{
    if (conn->ended) {
        conn_close(conn);
        return;
    }
    conn_enter(conn, CONN_LINGER);
    uv_shutdown(&conn->shutdown, (uv_stream_t *)&conn->tcp, on_shut_down);
    conn_listen(conn);
}
