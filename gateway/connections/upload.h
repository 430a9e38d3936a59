/* SPDX-License-Identifier: Apache-2.0 */
/* The body of an upload between socket and service: bytes come as they come and go in pieces. Holds little more than
 * one piece, so that its reader stops until that has gone. Pure. */
#ifndef LIANGXIN_GATEWAY_UPLOAD_H
#define LIANGXIN_GATEWAY_UPLOAD_H

#include <stdbool.h>

#include "base/slice.h"
#include "gateway/http/chunked.h"
#include "gateway/http/head_scan.h"

#define UPLOAD_PIECE ((size_t)256 * 1024) /* bytes; all pieces but the last have as many */

struct upload {
    bool is_chunked;
    struct chunked chunked;
    size_t limit;    /* bytes of the whole body: what was announced, or may come in chunks */
    size_t received; /* bytes of the body so far */
    size_t offset;   /* of these, gone */
    size_t filled;   /* and waiting in `room` */
    char room[UPLOAD_PIECE + HEAD_LIMIT];
};

enum upload_verdict {
    UPLOAD_MORE,      /* bytes are missing */
    UPLOAD_READY,     /* upload_piece may be taken */
    UPLOAD_MALFORMED, /* the chunks are none */
    UPLOAD_TOO_LONG,  /* more than `limit` has come in chunks */
};

/* Readies it for a body of `length` bytes, or for chunks of `length` bytes at most. */
void upload_begin(struct upload *upload, bool is_chunked, size_t length);
/* Takes bytes that lie elsewhere already; how many of them belong to the body. */
size_t upload_take(struct upload *upload, struct slice bytes);
/* Where the next bytes may be put, unless it is ready; then upload_came. */
char *upload_space(struct upload *upload, size_t *ret_size);
void upload_came(struct upload *upload, size_t size);
enum upload_verdict upload_look(const struct upload *upload);
/* The piece at the front; `last` when nothing follows it. */
struct slice upload_piece(const struct upload *upload, bool *ret_last);
/* The piece at the front has gone. */
void upload_gone(struct upload *upload);

#endif
