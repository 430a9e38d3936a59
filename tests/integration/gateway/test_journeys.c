/* SPDX-License-Identifier: Apache-2.0 */
/* Requests from end to end: HTTP in, a service behind, HTTP out. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <unistd.h>

#include "gateway/meters.h"
#include <stdio.h>

#include "harness.h"

#define GET(path)  "GET /api/v1/things/" path " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
#define POST(path) "POST /api/v1/things" path " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
#define JSON(size) "Content-Type: application/json\r\nContent-Length: " size "\r\n\r\n"

static struct harness *harness;
static struct answer answer;

static void
expect(const char *request, int http, const char *body)
{
    client_ask(harness, request, &answer);
    assert_int_equal(answer.http, http);
    assert_non_null(strstr(answer.body, body));
}

static void
test_a_read(void **state)
{
    char again[256];
    const char *tag;

    (void)state;
    expect(GET("a1") "\r\n", 200, "{\"id\":\"a1\",\"name\":\"good\",");
    tag = strstr(answer.head, "\r\nETag: \"7-");
    assert_non_null(tag);
    snprintf(again, sizeof again, GET("a1") "If-None-Match: %.*s\r\n\r\n", (int)strcspn(tag + 8, "\r"), tag + 8);
    assert_non_null(strstr(answer.head, "\r\nCache-Control: no-store\r\n"));
    expect(again, 304, "");
    expect(GET("a1") "If-None-Match: \"7\"\r\n\r\n", 200, ""); /* the row's version alone is no answer's tag */
    expect(GET("gone") "\r\n", 404, "\"code\":\"not-found\"");
}

static void
test_a_command(void **state)
{
    (void)state;
    expect(POST("") "Idempotency-Key: k1\r\n" JSON("12") "{\"name\":\"n\"}", 201, "\"note\":\"k1\"");
    expect(POST("") JSON("12") "{\"name\":\"n\"}", 400, "idempotency-key-required");
    expect(POST("/5/put") "Idempotency-Key: k\r\nIf-Match: \"3\"\r\n" JSON("12") "{\"name\":\"n\"}", 200,
           "\"version\":4");
    expect(POST("/5/put") "Idempotency-Key: k\r\n" JSON("12") "{\"name\":\"n\"}", 428, "version-required");
    expect(POST("") "Idempotency-Key: k\r\n" JSON("8") "{\"x\": 1}", 400, "\"pointer\":\"/x\"");
}

static void
test_who_is_it(void **state)
{
    (void)state;
    expect("GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\n\r\n", 401, "unauthentic");
    assert_non_null(strstr(answer.head, "\r\nWWW-Authenticate: Bearer\r\n"));
    expect("GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer bad\r\n\r\n", 401, "unauthentic");
    expect("GET /api/v1/things HTTP/1.1\r\nHost: a\r\n\r\n", 200, "{\"items\":[],\"next_cursor\":null}");
}

static void
test_a_bearer_is_asked_for_once(void **state)
{
    int before = atomic_load(&harness->service.exchanges);
    int fds[8];

    (void)state;
    for (size_t i = 0; i < 8; i++) {
        fds[i] = client_open(harness);
        client_send(fds[i], "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer new\r\n\r\n");
    }
    for (size_t i = 0; i < 8; i++) {
        assert_true(client_receive(fds[i], &answer));
        assert_int_equal(answer.http, 200);
        close(fds[i]);
    }
    assert_int_equal(atomic_load(&harness->service.exchanges), before + 1);
}

static void
test_a_silent_service_is_a_timeout(void **state)
{
    int64_t late = metric_value(&meter_answers_late, NULL);

    (void)state;
    expect(GET("silent") "\r\n", 504, "\"code\":\"timeout\"");
    expect(GET("held") "\r\n", 504, "\"code\":\"timeout\"");
    service_release(harness); /* its answer comes after the end */
    expect(GET("a") "\r\n", 200, "\"id\":\"a\"");
    while (metric_value(&meter_answers_late, NULL) == late)
        expect(GET("a") "\r\n", 200, "\"id\":\"a\"");
}

static void
test_a_read_is_repeated_elsewhere(void **state)
{
    int64_t before = metric_value(&meter_calls_repeated, NULL);

    (void)state;
    expect(GET("second") "\r\n", 200, "\"id\":\"second\"");
    assert_int_equal(metric_value(&meter_calls_repeated, NULL), before + 1);
}

static void
test_requests_in_a_row(void **state)
{
    int fd = client_open(harness);

    (void)state;
    /* sent at once, answered in order; a body goes with its head */
    client_send(fd, GET("a1") "\r\n" POST("") "Idempotency-Key: k\r\n" JSON("12") "{\"name\":\"n\"}" GET("a2") "\r\n");
    assert_true(client_receive(fd, &answer));
    assert_non_null(strstr(answer.body, "\"a1\""));
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 201);
    assert_true(client_receive(fd, &answer));
    assert_non_null(strstr(answer.body, "\"a2\""));
    close(fd);
}

static void
test_bytes_one_by_one(void **state)
{
    static const char request[] = POST("") "Idempotency-Key: k\r\n" JSON("12") "{\"name\":\"n\"}";
    int fd = client_open(harness);

    (void)state;
    for (const char *c = request; *c; c++)
        client_send(fd, (char[]){ *c, 0 });
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 201);
    close(fd);
}

static void
test_a_body_beyond_the_buffer(void **state)
{
    static char body[100001];
    int fd = client_open(harness);

    (void)state;
    memset(body, ' ', sizeof body - 1);
    memcpy(body, "{\"name\":\"n\"", 11);
    body[sizeof body - 2] = '}';
    client_send(fd, POST("") "Idempotency-Key: k\r\nExpect: 100-continue\r\n" JSON("100000"));
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 100);
    client_send(fd, body);
    client_send(fd, GET("a9") "\r\n");
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 201);
    assert_true(client_receive(fd, &answer));
    assert_non_null(strstr(answer.body, "\"a9\""));
    close(fd);
}

static void
test_a_large_answer(void **state)
{
    (void)state;
    expect(GET("large") "\r\n", 200, "xxxxxxxx\"");
    assert_true(answer.size > 900000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_read),
        cmocka_unit_test(test_a_command),
        cmocka_unit_test(test_who_is_it),
        cmocka_unit_test(test_a_bearer_is_asked_for_once),
        cmocka_unit_test(test_a_silent_service_is_a_timeout),
        cmocka_unit_test(test_a_read_is_repeated_elsewhere),
        cmocka_unit_test(test_requests_in_a_row),
        cmocka_unit_test(test_bytes_one_by_one),
        cmocka_unit_test(test_a_body_beyond_the_buffer),
        cmocka_unit_test(test_a_large_answer),
    };
    int failed;

    harness_main();
    harness = harness_new();
    harness_start(harness);
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    harness_free(harness);
    return failed;
}
