/* SPDX-License-Identifier: Apache-2.0 */
/* What conn.c, conn_read.c and conn_write.c share. */
#ifndef LIANGXIN_GATEWAY_CONN_PRIVATE_H
#define LIANGXIN_GATEWAY_CONN_PRIVATE_H

#include "gateway/connections/conn.h"

/* conn.c: changes the state and sets its timer. */
void conn_enter(struct conn *conn, enum conn_state state);
/* No request will follow the present one. */
bool conn_is_last(const struct conn *conn);
void conn_run(struct conn *conn);
void conn_renew(struct conn *conn);

/* conn_read.c: begins to read, or begins again; nothing when it reads already. */
void conn_listen(struct conn *conn);
/* Stops reading when the buffer is full; conn_renew begins again. */
void conn_mind_room(struct conn *conn);
/* Stops reading until conn_listen. */
void conn_hush(struct conn *conn);
/* Tells a client that holds the body back to send it. */
void conn_ask_for_body(struct conn *conn);
/* True when the journey's request is complete. Refuses what cannot become one. */
bool conn_has_request(struct conn *conn);
/* Bytes of the body that have arrived. */
size_t conn_body_filled(const struct conn *conn);

/* conn_file.c: bytes have come into the upload. */
void conn_gather(struct conn *conn, size_t size);
/* The journey's `wanted`, `passed` and `broken`. */
void conn_want_piece(struct journey *journey);
void conn_pass_piece(struct journey *journey);
void conn_break(struct journey *journey);

/* conn_stream.c: the answer that has arrived is the head of a stream. */
void conn_stream_begin(struct conn *conn);
/* Ends it for the client. */
void conn_stream_end(struct conn *conn);
/* The connection closes: nothing more is told; then its memory. Both accept a connection without a stream. */
void conn_stream_leave(struct conn *conn);
void conn_stream_free(struct conn *conn);

/* conn_write.c: the journey's `arrived`. */
void conn_answer(struct journey *journey);
/* Writes two buffers, or what of them the client takes at once and the rest later; then the answer goes on or is over.
 */
void conn_write(struct conn *conn, uv_buf_t bufs[2]);
/* Ends our side and waits a moment for the client to end its own, so that unread input does not cost it the answer. */
void conn_hang_up(struct conn *conn);

#endif
