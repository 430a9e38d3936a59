/* SPDX-License-Identifier: Apache-2.0 */
/* A connection whose answer does not end: head, then events as they come. What the client has not taken yet waits here,
 * up to a limit; who takes nothing is cut. Loop thread; a stream's memory goes with its connection. */
#include <stdlib.h>

#include "base/check.h"
#include "gateway/connections/conn_private.h"
#include "gateway/meters.h"
#include "gateway/streams/stream.h"
#include "base/banned.h"

struct conn_stream {
    struct stream_reader reader; /* first: its callbacks find us */
    struct conn *conn;
    uv_write_t write;
    struct strbuf flight; /* being written */
    struct strbuf queue;  /* goes next */
    bool writing;
};

static void flush(struct conn_stream *stream);

static void
cut(struct conn_stream *stream, const char *reason)
{
    metric_add(&meter_streams_ended, reason, 1);
    conn_close(stream->conn);
}

static void
on_written(uv_write_t *write, int status)
{
    struct conn_stream *stream = write->data;

    stream->writing = false;
    if (stream->conn->state != CONN_STREAM)
        return;
    uv_timer_stop(&stream->conn->timer);
    if (status < 0)
        conn_close(stream->conn);
    else
        flush(stream);
}

static void
flush(struct conn_stream *stream)
{
    struct strbuf empty = stream->flight;
    uv_buf_t buf;

    if (stream->writing || stream->queue.size == 0)
        return;
    stream->flight = stream->queue;
    stream->queue = empty;
    strbuf_reset(&stream->queue);
    buf = uv_buf_init(stream->flight.data, (unsigned)stream->flight.size);
    stream->writing = true;
    stream->write.data = stream;
    if (uv_write(&stream->write, (uv_stream_t *)&stream->conn->tcp, &buf, 1, on_written) != 0)
        conn_close(stream->conn);
    else
        conn_enter(stream->conn, CONN_STREAM); /* the time in which something must be taken begins */
}

static void
on_text(struct stream_reader *reader, struct slice text)
{
    struct conn_stream *stream = (struct conn_stream *)reader;

    if (stream->conn->state != CONN_STREAM)
        return;
    strbuf_add(&stream->queue, text.data, text.size);
    if (stream->queue.failed)
        cut(stream, "slow");
    else
        flush(stream);
}

static void
on_end(struct stream_reader *reader)
{
    conn_stream_end(((struct conn_stream *)reader)->conn);
}

static struct conn_stream *
conn_stream_new(struct conn *conn)
{
    struct conn_stream *stream = calloc(1, sizeof *stream);
    size_t limit = (size_t)conn->server->configuration->stream_backlog;

    CHECK(stream != NULL);
    stream->conn = conn;
    stream->reader.write = on_text;
    stream->reader.end = on_end;
    strbuf_init(&stream->flight, limit);
    strbuf_init(&stream->queue, limit);
    return stream;
}

void
conn_stream_begin(struct conn *conn)
{
    struct journey *journey = conn->journey;
    struct conn_stream *stream = conn_stream_new(conn);

    conn->stream = stream;
    conn_enter(conn, CONN_STREAM);
    journey->response.keep_alive = false;
    response_head(&journey->head, &journey->response);
    on_text(&stream->reader, strbuf_slice(&journey->head));
    if (conn->state == CONN_STREAM)
        stream_open(journey->context->streams, &stream->reader, journey->actor_token, journey->bearer,
                    journey->request.last_event_id);
    if (conn->state == CONN_CLOSED)
        return; /* the journey goes with the handles */
    journey_give_back(journey);
    conn->journey = NULL;
    conn_listen(conn); /* to hear that the client has left */
}

void
conn_stream_end(struct conn *conn)
{
    stream_leave(&conn->stream->reader);
    if (conn->state == CONN_STREAM)
        conn_hang_up(conn);
}

void
conn_stream_leave(struct conn *conn)
{
    if (conn->stream)
        stream_leave(&conn->stream->reader);
}

void
conn_stream_free(struct conn *conn)
{
    if (!conn->stream)
        return;
    strbuf_done(&conn->stream->flight);
    strbuf_done(&conn->stream->queue);
    free(conn->stream);
}
