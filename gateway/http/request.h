/* SPDX-License-Identifier: Apache-2.0 */
/* A request as the client sent it: views of the connection's buffer, nothing decoded. */
#ifndef LIANGXIN_GATEWAY_REQUEST_H
#define LIANGXIN_GATEWAY_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* The fields we read; a request that gives one of them twice is refused. */
#define REQUEST_FIELDS(X)                                                                                              \
    X(authorization, "Authorization")                                                                                  \
    X(idempotency_key, "Idempotency-Key")                                                                              \
    X(if_match, "If-Match")                                                                                            \
    X(last_event_id, "Last-Event-ID")                                                                                  \
    X(if_none_match, "If-None-Match")                                                                                  \
    X(content_type, "Content-Type")                                                                                    \
    X(accept_language, "Accept-Language")                                                                              \
    X(accept_encoding, "Accept-Encoding")                                                                              \
    X(host, "Host")                                                                                                    \
    X(cookie, "Cookie")                                                                                                \
    X(origin, "Origin")                                                                                                \
    X(requested_with, "X-Requested-With")                                                                              \
    X(expect, "Expect")

struct request {
    struct slice verb;
    struct slice path;
    struct slice query; /* without the question mark */
#define X(field, name) struct slice field;
    REQUEST_FIELDS(X)
#undef X
    size_t content_length;
    bool chunked; /* the length is not known */
    bool keep_alive;
    struct slice body; /* of a file: the piece */
    int64_t offset;    /* of the piece of a file that is sent or asked for */
    bool last;         /* no piece follows */
};

#endif
