/* SPDX-License-Identifier: Apache-2.0 */
/* One client connection: bytes in, requests one at a time, answers out. Loop thread.
 *
 * No pipelining: what a client sends while its request is in work stays in the 16 KiB buffer, and when that is full
 * nobody reads. An idle connection holds neither buffer nor arena. At most one answer is queued for writing. */
#ifndef LIANGXIN_GATEWAY_CONN_H
#define LIANGXIN_GATEWAY_CONN_H

#include "gateway/connections/server.h"

/* Each state with the timer that guards it. */
enum conn_state {
    CONN_IDLE,   /* no byte of a request yet: idle_timeout */
    CONN_HEAD,   /* part of a head: head_timeout from its first byte */
    CONN_BODY,   /* part of a body: body_timeout for each 16 KiB */
    CONN_WORK,   /* the journey is under way: the call's own deadline */
    CONN_WRITE,  /* the answer is being taken: write_timeout without progress */
    CONN_STREAM, /* an answer without end: write_timeout while something is to be taken */
    CONN_LINGER, /* nothing more will be said; the client may read before it hangs up: LINGER_MS */
    CONN_CLOSED, /* waits for libuv to let go of the handles */
};

struct conn_stream;

struct conn {
    uv_tcp_t tcp;
    uv_timer_t timer;
    uv_write_t write;
    uv_shutdown_t shutdown;
    struct server *server;
    struct conn *next;
    struct conn **back;
    struct address client;      /* for rate limits */
    struct journey *journey;    /* NULL while idle */
    struct conn_stream *stream; /* NULL: none; it outlives its end */
    enum conn_state state;
    int open_handles;
    bool proxied;       /* a PROXY header comes first */
    bool running;       /* conn_run is at work further up the stack */
    bool ended;         /* the client has said that it will send nothing more */
    bool deaf;          /* nobody reads: not yet, or because the buffer is full */
    bool in_pieces;     /* the body is an upload's: it goes through the journey's `upload` */
    size_t filled;      /* bytes in the journey's buffer */
    size_t scanned;     /* of these, looked at for the end of the head */
    size_t request_end; /* of these, belonging to the present request */
    char *body;         /* of a request too large for the buffer; NULL: it lies in the buffer */
    size_t body_filled;
    size_t progress; /* body: bytes at the last tick of the timer; write: bytes queued then */
};

/* Takes a waiting connection from a listener, or turns it away when there are too many. */
void conn_accept(struct server *server, uv_tcp_t *listener);
/* Takes a connection that waited when the listener was about to go; it gets its one answer. */
void conn_adopt(struct server *server, int fd, bool proxied);
/* Closes it after its present answer, or when it stays idle for a moment. */
void conn_drain(struct conn *conn);
/* Closes it now. */
void conn_close(struct conn *conn);

#endif
