/* SPDX-License-Identifier: Apache-2.0 */
/* An answer before it is sent, and its head as text. Pure. */
#ifndef LIANGXIN_GATEWAY_RESPONSE_H
#define LIANGXIN_GATEWAY_RESPONSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "gateway/http/language.h"
#include "gateway/journey/limiter.h"

#define RESPONSE_MARK 8 /* bytes of the hash in an ETag */

struct response {
    int http;
    const char *content_type; /* NULL: no body */
    struct slice body;
    const char *request_id;
    bool has_version; /* gives an ETag */
    int64_t version;
    char mark[2 * RESPONSE_MARK + 1]; /* of what is read: a hash of it, in hex; "" else */
    bool no_store;
    bool replayed;
    bool is_stream;  /* its body has no end known beforehand */
    bool is_problem; /* has a language */
    enum language language;
    uint32_t retry_after_s; /* 0: not said */
    const char *allow;      /* NULL: not said */
    const char *link;       /* NULL: not said */
    struct limit_state limit;
    const char *set_cookie;  /* NULL: none */
    const char *disposition; /* NULL: not a file */
    const char *encoding;    /* of the body, NULL: none */
    bool varies_by_encoding; /* another client may get it packed otherwise */
    bool immutable;          /* never another content under this address: may be kept for a year by anybody */
    int64_t file_size;       /* of which `body` is the first piece */
    bool keep_alive;
};

void response_head(struct strbuf *out, const struct response *response);
/* "404", a literal: the label of a metric. "other" for a status we do not use. */
const char *response_status_text(int http);

#endif
