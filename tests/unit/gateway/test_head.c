/* SPDX-License-Identifier: Apache-2.0 */
/* Heads, good and hostile, through our scan and llhttp. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <setjmp.h>
#include <cmocka.h>

#include "gateway/http/head_parse.h"

#define GET  "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"
#define END  "\r\n"

struct head_case {
    const char *name;
    const char *head;
    enum head_verdict verdict;
};

static const struct head_case cases[] = {
    { "plain", GET HOST END, HEAD_GOOD },
    { "1.0", "GET / HTTP/1.0\r\n" HOST END, HEAD_GOOD },
    { "body", "POST /a?b=c HTTP/1.1\r\n" HOST "Content-Length: 5\r\n" END, HEAD_GOOD },
    { "eight bits in a value", GET HOST "X: \xE5\x85\x9A\r\n" END, HEAD_GOOD },
    { "tab in a value", GET HOST "X: a\tb\r\n" END, HEAD_GOOD },
    { "empty value", GET HOST "X:\r\n" END, HEAD_GOOD },
    { "CVE-2023-30589 CR between fields", GET HOST "X: y\rTransfer-Encoding: chunked\r\n" END, HEAD_LINE_END },
    { "CVE-2024-27982 space before the name", GET HOST " Content-Length: 5\r\n" END, HEAD_FOLDED },
    { "CVE-2025-23167 CR at the end", GET HOST "\r\rX" END END, HEAD_LINE_END },
    { "bare LF", "GET / HTTP/1.1\n" HOST END, HEAD_LINE_END },
    { "LF after a field", GET "Host: a\n" END, HEAD_LINE_END },
    { "CR CR LF", GET "Host: a\r\r\n" END, HEAD_LINE_END },
    { "leading blank line", END GET HOST END, HEAD_REQUEST_LINE },
    { "something after the head", GET HOST END "X", HEAD_LINE_END },
    { "folded with tab", GET HOST "X: a\r\n\tb\r\n" END, HEAD_FOLDED },
    { "space before the colon", GET HOST "Content-Length : 5\r\n" END, HEAD_NAME },
    { "space inside a name", GET HOST "Content Length: 5\r\n" END, HEAD_NAME },
    { "empty name", GET HOST ": v\r\n" END, HEAD_NAME },
    { "no colon", GET HOST "nothing\r\n" END, HEAD_NAME },
    { "eight bits in a name", GET HOST "X\xFF: 1\r\n" END, HEAD_NAME },
    { "no Host", GET "X: a\r\n" END, HEAD_HOST },
    { "two Hosts", GET HOST HOST END, HEAD_HOST },
    { "empty Host", GET "Host: \r\n" END, HEAD_HOST },
    { "two lengths", GET HOST "Content-Length: 1\r\nContent-Length: 1\r\n" END, HEAD_LENGTH },
    { "length with a plus", GET HOST "Content-Length: +3\r\n" END, HEAD_LENGTH },
    { "negative length", GET HOST "Content-Length: -3\r\n" END, HEAD_LENGTH },
    { "length list", GET HOST "Content-Length: 3, 3\r\n" END, HEAD_LENGTH },
    { "length in hex", GET HOST "Content-Length: 0x3\r\n" END, HEAD_LENGTH },
    { "length with a space", GET HOST "Content-Length: 3 3\r\n" END, HEAD_LENGTH },
    { "empty length", GET HOST "Content-Length:\r\n" END, HEAD_LENGTH },
    { "length of 2^64-1", GET HOST "Content-Length: 18446744073709551615\r\n" END, HEAD_LENGTH },
    { "length and chunked", GET HOST "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n" END, HEAD_LENGTH },
    { "chunked and length", GET HOST "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n" END, HEAD_LENGTH },
    { "chunked twice", GET HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n" END,
      HEAD_TRANSFER_ENCODING },
    { "chunked in a list", GET HOST "Transfer-Encoding: gzip, chunked\r\n" END, HEAD_TRANSFER_ENCODING },
    { "chunked of old", "GET / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n" END, HEAD_TRANSFER_ENCODING },
    { "identity", GET HOST "Transfer-Encoding: identity\r\n" END, HEAD_TRANSFER_ENCODING },
    { "upgrade", GET HOST "Upgrade: h2c\r\n" END, HEAD_UPGRADE },
    { "CONNECT", "CONNECT a:1 HTTP/1.1\r\n" HOST END, HEAD_VERB },
    { "TRACE", "TRACE / HTTP/1.1\r\n" HOST END, HEAD_VERB },
    { "lower-case verb", "get / HTTP/1.1\r\n" HOST END, HEAD_VERB },
    { "HTTP/0.9", "GET /\r\n" HOST END, HEAD_REQUEST_LINE },
    { "HTTP/2.0", "GET / HTTP/2.0\r\n" HOST END, HEAD_VERSION },
    { "HTTP/1.10", "GET / HTTP/1.10\r\n" HOST END, HEAD_VERSION },
    { "two spaces", "GET  / HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "space in the target", "GET /a b HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "absolute target", "GET http://b/ HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "asterisk", "OPTIONS * HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "eight bits in the target", "GET /\xE5 HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "fragment", "GET /#a HTTP/1.1\r\n" HOST END, HEAD_TARGET },
    { "control character", GET HOST "X: a\x01\r\n" END, HEAD_BYTE },
    { "escape in the target", "GET /\x1B HTTP/1.1\r\n" HOST END, HEAD_BYTE },
    { "two bearers", GET HOST "Authorization: a\r\nAuthorization: b\r\n" END, HEAD_PARSER },
    { "two keys", GET HOST "Idempotency-Key: a\r\nidempotency-key: a\r\n" END, HEAD_PARSER },
};

static void
test_heads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request;
        enum head_verdict verdict = head_parse(slice_of(cases[i].head), &request);

        if (verdict != cases[i].verdict)
            fail_msg("%s: %s, not %s", cases[i].name, head_verdict_word(verdict), head_verdict_word(cases[i].verdict));
    }
}

static void
test_a_nul_is_refused(void **state)
{
    static const char head[] = GET HOST "X: a\0b\r\n" END;
    struct request request;

    (void)state;
    assert_int_equal(head_parse(slice_make(head, sizeof head - 1), &request), HEAD_BYTE);
}

static void
test_limits(void **state)
{
    static char head[HEAD_LIMIT];
    struct request request;
    size_t size = (size_t)snprintf(head, sizeof head, "GET /%02046d HTTP/1.1\r\n" HOST END, 0);

    (void)state;
    assert_int_equal(head_parse(slice_make(head, size), &request), HEAD_GOOD);
    size = (size_t)snprintf(head, sizeof head, "GET /%02048d HTTP/1.1\r\n" HOST END, 0);
    assert_int_equal(head_parse(slice_make(head, size), &request), HEAD_TARGET_LONG);
    size = (size_t)snprintf(head, sizeof head, GET HOST);
    for (int i = 0; i < HEAD_FIELDS; i++)
        size += (size_t)snprintf(head + size, sizeof head - size, "X%d: y\r\n", i);
    size += (size_t)snprintf(head + size, sizeof head - size, END);
    assert_int_equal(head_parse(slice_make(head, size), &request), HEAD_FIELDS_MANY);
}

static void
test_what_is_read(void **state)
{
    struct request request;

    (void)state;
    assert_int_equal(head_parse(slice_of("PUT /a/b?c=d&e HTTP/1.1\r\nHOST: x\r\nauthorization:  Bearer t \r\n"
                                         "Content-Length: 12\r\nIf-Match: \"4\"\r\nConnection: close\r\n\r\n"),
                                &request),
                     HEAD_GOOD);
    assert_true(slice_is(request.verb, "PUT"));
    assert_true(slice_is(request.path, "/a/b"));
    assert_true(slice_is(request.query, "c=d&e"));
    assert_true(slice_is(request.authorization, "Bearer t"));
    assert_true(slice_is(request.if_match, "\"4\""));
    assert_int_equal(request.content_length, 12);
    assert_false(request.keep_alive);
}

static void
test_the_end_is_found_in_pieces(void **state)
{
    struct slice head = slice_of(GET HOST END "rest");

    (void)state;
    for (size_t size = 0; size < head.size - 4; size++)
        assert_int_equal(head_end(slice_make(head.data, size), size ? size - 1 : 0), 0);
    assert_int_equal(head_end(head, head.size - 5), head.size - 4);
}

static void
test_the_self_test_passes(void **state)
{
    (void)state;
    head_self_test();
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),
        cmocka_unit_test(test_a_nul_is_refused),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_what_is_read),
        cmocka_unit_test(test_the_end_is_found_in_pieces),
        cmocka_unit_test(test_the_self_test_passes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
