/* SPDX-License-Identifier: Apache-2.0 */
/* Input of a connection: into the buffer, to the end of the head, to the end of the body. Loop thread. */
#include "base/check.h"
#include "gateway/connections/conn_private.h"
#include "gateway/http/head_parse.h"
#include "gateway/meters.h"
#include "gateway/http/proxy_header.h"
#include "base/banned.h"

#define EXPECTED "100-continue"

static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
static const struct journey_calls calls = {
    .arrived = conn_answer, .wanted = conn_want_piece, .passed = conn_pass_piece, .broken = conn_break
};

static char waste[16 * 1024]; /* what comes while we hang up, or stream; never read */

static void
on_memory(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_buf)
{
    struct conn *conn = handle->data;
    const struct journey *journey;
    size_t size;
    char *at;

    (void)suggested;
    if (conn->state == CONN_LINGER || conn->state == CONN_STREAM) {
        *ret_buf = uv_buf_init(waste, sizeof waste);
        return;
    }
    if (!conn->journey) {
        conn->journey = journey_take(&conn->server->journeys);
        conn->journey->owner = conn;
        conn->journey->calls = &calls;
        conn->journey->client = conn->client;
    }
    journey = conn->journey;
    if (conn->state == CONN_BODY && conn->in_pieces) {
        at = upload_space(journey->upload, &size);
        *ret_buf = uv_buf_init(at, (unsigned)size);
    } else if (conn->state == CONN_BODY && conn->body)
        *ret_buf = uv_buf_init(conn->body + conn->body_filled,
                               (unsigned)(journey->request.content_length - conn->body_filled));
    else
        *ret_buf = uv_buf_init(conn->journey->buffer + conn->filled, (unsigned)(HEAD_LIMIT - conn->filled));
}

/* The read brought nothing: an idle connection gives the buffer back. */
static void
on_nothing(struct conn *conn)
{
    if (conn->state != CONN_IDLE || !conn->journey)
        return;
    journey_give_back(conn->journey);
    conn->journey = NULL;
}

/* A client that ended its side still gets the answer to the request in work; with an error it is gone. */
static void
on_end(struct conn *conn, ssize_t error)
{
    conn->ended = true;
    if (error == UV_EOF && (conn->state == CONN_WORK || conn->state == CONN_WRITE))
        uv_read_stop((uv_stream_t *)&conn->tcp);
    else
        conn_close(conn);
}

static void
on_bytes(struct conn *conn, size_t size)
{
    if (conn->state == CONN_LINGER || conn->state == CONN_STREAM)
        return;
    if (conn->state == CONN_BODY && conn->in_pieces) {
        conn_gather(conn, size);
        return;
    }
    if (conn->state == CONN_BODY && conn->body)
        conn->body_filled += size;
    else
        conn->filled += size;
    if (conn->state == CONN_WORK || conn->state == CONN_WRITE)
        conn_mind_room(conn);
    else
        conn_run(conn);
}

static void
on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buf)
{
    struct conn *conn = stream->data;

    (void)buf;
    if (size < 0)
        on_end(conn, size);
    else if (size == 0)
        on_nothing(conn);
    else
        on_bytes(conn, (size_t)size);
}

void
conn_listen(struct conn *conn)
{
    if (!conn->deaf || conn->ended)
        return;
    conn->deaf = false;
    CHECK(uv_read_start((uv_stream_t *)&conn->tcp, on_memory, on_read) == 0);
}

void
conn_hush(struct conn *conn)
{
    if (conn->deaf)
        return;
    conn->deaf = true;
    uv_read_stop((uv_stream_t *)&conn->tcp);
}

void
conn_mind_room(struct conn *conn)
{
    if (conn->filled < HEAD_LIMIT || conn->deaf)
        return;
    metric_add(&meter_buffer_full, NULL, 1);
    conn_hush(conn);
}

size_t
conn_body_filled(const struct conn *conn)
{
    if (conn->in_pieces)
        return conn->journey->upload ? conn->journey->upload->received : 0;
    return conn->body ? conn->body_filled : conn->filled;
}

static bool
refuse(struct conn *conn, enum head_verdict verdict)
{
    conn->journey->request.keep_alive = false;
    conn->request_end = conn->filled;
    conn_enter(conn, CONN_WORK);
    conn_mind_room(conn);
    journey_refuse(conn->journey, verdict);
    return false;
}

/* A body that does not fit behind its head moves to memory of its own. */
static bool
make_room(struct conn *conn, size_t head)
{
    struct journey *journey = conn->journey;

    conn->body = arena_try(journey->arena, journey->request.content_length);
    if (!conn->body)
        return refuse(conn, HEAD_BODY_TOO_LONG);
    conn->body_filled = conn->filled - head;
    memcpy(conn->body, journey->buffer + head, conn->body_filled);
    conn->filled = conn->request_end = head;
    return true;
}

void
conn_ask_for_body(struct conn *conn)
{
    uv_buf_t text = uv_buf_init((char *)(uintptr_t)go_on, sizeof go_on - 1);

    if (slice_is(conn->journey->request.expect, EXPECTED))
        uv_try_write((uv_stream_t *)&conn->tcp, &text, 1);
}

/* The body of an upload stays where it is until the journey wants it. */
static bool
leave_body(struct conn *conn, size_t end)
{
    const struct request *request = &conn->journey->request;

    if (request->content_length > (size_t)conn->server->configuration->file_limit)
        return refuse(conn, HEAD_BODY_TOO_LONG);
    conn->in_pieces = true;
    conn->request_end = end;
    return true;
}

/* The head is complete; where its body will be is decided. */
static bool
take_head(struct conn *conn, size_t end)
{
    struct journey *journey = conn->journey;
    enum head_verdict verdict = head_parse(slice_make(journey->buffer, end), &journey->request);
    size_t length = journey->request.content_length;

    if (verdict)
        return refuse(conn, verdict);
    journey_meet(journey);
    if (journey_is_upload(journey))
        return leave_body(conn, end);
    if (journey->request.chunked)
        return refuse(conn, HEAD_TRANSFER_ENCODING);
    if (length > (size_t)conn->server->configuration->body_limit)
        return refuse(conn, HEAD_BODY_TOO_LONG);
    conn->request_end = end + length;
    journey->request.body = slice_make(journey->buffer + end, length);
    if (conn->request_end > HEAD_LIMIT) {
        if (!make_room(conn, end))
            return false;
        journey->request.body = slice_make(conn->body, length);
    }
    if (length && conn->filled <= end)
        conn_ask_for_body(conn);
    conn_enter(conn, CONN_BODY);
    conn->progress = conn_body_filled(conn);
    return true;
}

static bool
find_head(struct conn *conn)
{
    size_t end = head_end(slice_make(conn->journey->buffer, conn->filled), conn->scanned);

    conn->scanned = conn->filled;
    if (end)
        return take_head(conn, end);
    if (conn->filled == HEAD_LIMIT)
        return refuse(conn, HEAD_TOO_LONG);
    if (conn->state == CONN_IDLE)
        conn_enter(conn, CONN_HEAD);
    return false;
}

static bool
has_body(const struct conn *conn)
{
    return conn->body ? conn->body_filled == conn->journey->request.content_length : conn->filled >= conn->request_end;
}

/* The header of the terminator is taken off before anything is read as HTTP; without one there is no answer. */
static bool
has_client(struct conn *conn)
{
    struct journey *journey = conn->journey;
    size_t size = 0;

    switch (proxy_header_read(slice_make(journey->buffer, conn->filled), &size, &conn->client)) {
    case PROXY_MORE:
        if (conn->state == CONN_IDLE)
            conn_enter(conn, CONN_HEAD);
        return false;
    case PROXY_BAD:
        metric_add(&meter_proxies_refused, NULL, 1);
        conn_close(conn);
        return false;
    case PROXY_GOOD:
        break;
    }
    conn->proxied = false;
    conn->filled -= size;
    memmove(journey->buffer, journey->buffer + size, conn->filled);
    journey->client = conn->client;
    if (conn->filled)
        return true;
    journey_give_back(journey); /* idle again, and so without a buffer */
    conn->journey = NULL;
    conn_enter(conn, CONN_IDLE);
    return false;
}

bool
conn_has_request(struct conn *conn)
{
    if (conn->proxied && (!conn->filled || !has_client(conn)))
        return false;
    if ((conn->state == CONN_IDLE || conn->state == CONN_HEAD) && (!conn->filled || !find_head(conn)))
        return false;
    return conn->in_pieces ? conn->state < CONN_BODY : conn->state == CONN_BODY && has_body(conn);
}
