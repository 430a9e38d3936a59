/* SPDX-License-Identifier: Apache-2.0 */
/* The public API as a program sees it (libcurl, jansson). */
#ifndef LIANGXIN_TESTS_HTTP_H
#define LIANGXIN_TESTS_HTTP_H

#include <jansson.h>
#include <stddef.h>

struct test_reply {
    long status; /* 0: no answer */
    char *body;  /* NUL-terminated */
    size_t size;
    char *head;   /* all header lines */
    json_t *json; /* NULL unless the body is JSON */
};

struct test_request {
    const char *verb; /* "GET" */
    const char *url;
    const char *token;   /* bearer, or NULL */
    const char *key;     /* Idempotency-Key, or NULL */
    long version;        /* If-Match, 0: none */
    const char *type;    /* content type; NULL: application/json when there is a body */
    const char *body;    /* or NULL */
    size_t body_size;    /* 0: strlen(body) */
    const char *header;  /* one more header line, or NULL */
    const char *more[4]; /* and more, up to the first NULL */
    long timeout_ms;     /* 0: 20 s */
    const char *until;   /* ends the transfer once the body holds this text (an answer without end); NULL: at its end */
};

struct test_reply test_http(const struct test_request *request);
struct test_reply test_http_get(const char *url, const char *token);
/* Only the status; 0 when nobody answers. */
long test_http_status(const char *url);
void test_reply_done(struct test_reply *reply);
/* Value of a header line ("ETag"), owned by a static buffer; "" when absent. */
const char *test_reply_header(const struct test_reply *reply, const char *name);
/* A text or number of the top object by key; fails the test when absent. */
const char *test_reply_text(const struct test_reply *reply, const char *key);
long test_reply_number(const struct test_reply *reply, const char *key);

#endif
