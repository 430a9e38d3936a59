/* SPDX-License-Identifier: Apache-2.0 */
/* Rate limits as clients meet them, and the listener behind a TLS terminator, which says who the client is. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sys/socket.h>
#include <unistd.h>

#include "gateway/meters.h"
#include "harness.h"

#define GET(bearer) "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " bearer "\r\n\r\n"
#define NOBODY      "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\n\r\n"
#define OPEN        "GET /api/v1/things HTTP/1.1\r\nHost: a\r\n\r\n"
#define HEADER_SIZE 28

static struct answer answer;

static void
expect(const struct harness *harness, const char *request, int http)
{
    client_ask(harness, request, &answer);
    assert_int_equal(answer.http, http);
}

static void
says(const char *line)
{
    if (!strstr(answer.head, line))
        fail_msg("no \"%s\" in %s", line, answer.head);
}

static void
test_an_account_has_its_own_bucket(void **state)
{
    struct harness *harness = *state;
    int64_t before = metric_value(&meter_limited, "account");

    harness->configuration.rate_account = 3;
    harness_start(harness);
    expect(harness, GET("one"), 200);
    says("\r\nRateLimit-Policy: \"account\";q=3;w=60\r\n");
    says("\r\nRateLimit: \"account\";r=2;t=20\r\n");
    expect(harness, GET("one"), 200);
    expect(harness, GET("one"), 200);
    expect(harness, GET("one"), 429);
    says("\r\nRetry-After: ");
    says("\r\nRateLimit: \"account\";r=0;t=");
    says("\r\nContent-Type: application/problem+json\r\n");
    assert_non_null(strstr(answer.body, "\"code\":\"exhausted\""));
    assert_int_equal(metric_value(&meter_limited, "account"), before + 1);
    expect(harness, GET("two"), 200);
}

/* Guessing tokens costs the address, and soon not even a question to organizations; who is known goes on. */
static void
test_guessing_tokens_is_stopped(void **state)
{
    struct harness *harness = *state;
    int asked;

    harness->configuration.rate_address = 3;
    harness_start(harness);
    expect(harness, GET("good"), 200);
    expect(harness, NOBODY, 401);
    says("\r\nRateLimit: \"address\";r=2;t=");
    expect(harness, GET("bad"), 401);
    expect(harness, GET("bad"), 401);
    expect(harness, NOBODY, 429);
    asked = atomic_load(&harness->service.exchanges);
    expect(harness, GET("bad"), 429);
    expect(harness, GET("guess"), 429);
    assert_int_equal(atomic_load(&harness->service.exchanges), asked);
    expect(harness, GET("good"), 200);
    expect(harness, "GET /api/v1/openapi.json HTTP/1.1\r\nHost: a\r\n\r\n", 429);
}

static void
test_open_methods_have_a_bucket_of_their_own(void **state)
{
    struct harness *harness = *state;

    harness->configuration.rate_open = 1000;
    harness->configuration.rate_address = 1;
    harness_start(harness);
    expect(harness, NOBODY, 401);
    expect(harness, NOBODY, 429);
    expect(harness, OPEN, 200);
    says("\r\nRateLimit-Policy: \"open\";q=1000;w=60\r\n");
}

/* What a terminator sends in front: a client at 10.0.0.`last`. */
static void
send_header(int fd, char last)
{
    char header[HEADER_SIZE] = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\0\x7f\0\0\1\xff\xff\0\x50";

    header[19] = last;
    assert_int_equal(send(fd, header, sizeof header, MSG_NOSIGNAL), HEADER_SIZE);
}

static int
open_by_proxy(const struct harness *harness)
{
    struct harness by_proxy = { .port = harness->proxy_port };

    return client_open(&by_proxy);
}

static void
expect_from(const struct harness *harness, char last, const char *request, int http)
{
    int fd = open_by_proxy(harness);

    send_header(fd, last);
    client_send(fd, request);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, http);
    close(fd);
}

static void
test_a_terminator_says_who_the_client_is(void **state)
{
    struct harness *harness = *state;

    harness->configuration.proxy_bind = "127.0.0.1:0";
    harness->configuration.rate_address = 1;
    harness_start(harness);
    expect_from(harness, 1, NOBODY, 401);
    expect_from(harness, 1, NOBODY, 429);
    expect_from(harness, 2, NOBODY, 401);
    expect(harness, NOBODY, 401); /* the terminator's own address is nobody's */
    expect_from(harness, 2, GET("good"), 429);
}

static void
test_nothing_without_a_header_gets_an_answer(void **state)
{
    static const char *const wrong[] = { NOBODY, "PROXY TCP4 10.0.0.1 10.0.0.1 1 2\r\n" NOBODY };
    struct harness *harness = *state;
    int64_t before = metric_value(&meter_proxies_refused, NULL);
    int fd;

    harness->configuration.proxy_bind = "127.0.0.1:0";
    harness->configuration.head_timeout = 100;
    harness_start(harness);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        fd = open_by_proxy(harness);
        client_send(fd, wrong[i]);
        assert_false(client_receive(fd, &answer));
        close(fd);
    }
    assert_int_equal(metric_value(&meter_proxies_refused, NULL), before + 2);
    /* on the other listener a header is no HTTP */
    fd = client_open(harness);
    send_header(fd, 1);
    client_send(fd, NOBODY);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 400);
    close(fd);
}

/* The header in single bytes, then a pause as a client makes it, then two requests. */
static void
test_a_header_may_come_in_pieces(void **state)
{
    static const char header[HEADER_SIZE] = "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\7\x7f\0\0\1\xff\xff\0\x50";
    struct harness *harness = *state;
    int fd;

    harness->configuration.proxy_bind = "127.0.0.1:0";
    harness_start(harness);
    fd = open_by_proxy(harness);
    for (size_t i = 0; i < sizeof header; i++)
        assert_int_equal(send(fd, header + i, 1, MSG_NOSIGNAL), 1);
    for (int i = 0; i < 2; i++) {
        client_send(fd, GET("good"));
        assert_true(client_receive(fd, &answer));
        assert_int_equal(answer.http, 200);
    }
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_account_has_its_own_bucket, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_guessing_tokens_is_stopped, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_open_methods_have_a_bucket_of_their_own, harness_set_up,
                                        harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_terminator_says_who_the_client_is, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_without_a_header_gets_an_answer, harness_set_up,
                                        harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_header_may_come_in_pieces, harness_set_up, harness_tear_down),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
