/* SPDX-License-Identifier: Apache-2.0 */
/* Files on a connection: the body of an upload gathered in pieces, the pieces of a download written in turn. While a
 * piece is under way nobody reads the socket, or nothing is queued for it. Loop thread. */
#include "gateway/connections/conn_private.h"

#include "base/banned.h"

/* What came with the head, or while nobody had asked for it yet, is of the body. */
static void
take_buffered(struct conn *conn)
{
    struct journey *journey = conn->journey;
    char *rest = journey->buffer + conn->request_end;
    size_t size = upload_take(journey->upload, slice_make(rest, conn->filled - conn->request_end));

    conn->filled -= size;
    memmove(rest, rest + size, conn->filled - conn->request_end);
}

/* Sends the piece when there is one, else waits for the rest of it. */
static void
try_piece(struct conn *conn)
{
    struct journey *journey = conn->journey;
    enum upload_verdict verdict = upload_look(journey->upload);

    if (verdict == UPLOAD_MORE && conn->ended) {
        conn_close(conn);
        return;
    }
    if (verdict == UPLOAD_MORE) {
        conn_listen(conn);
        return;
    }
    conn_hush(conn);
    conn_enter(conn, CONN_WORK);
    if (verdict == UPLOAD_READY)
        journey_take_piece(journey);
    else
        journey_refuse_piece(journey, verdict);
}

void
conn_want_piece(struct journey *journey)
{
    struct conn *conn = journey->owner;
    bool untouched = journey->upload->received == 0;

    conn_enter(conn, CONN_BODY);
    conn->progress = journey->upload->received;
    take_buffered(conn);
    if (untouched && conn->journey->upload->received == 0)
        conn_ask_for_body(conn);
    try_piece(conn);
}

void
conn_gather(struct conn *conn, size_t size)
{
    upload_came(conn->journey->upload, size);
    try_piece(conn);
}

void
conn_pass_piece(struct journey *journey)
{
    struct slice body = journey->response.body;
    uv_buf_t bufs[2] = { uv_buf_init((char *)(uintptr_t)body.data, (unsigned)body.size), uv_buf_init(NULL, 0) };

    conn_write(journey->owner, bufs);
}

void
conn_break(struct journey *journey)
{
    conn_close(journey->owner);
}
