/* SPDX-License-Identifier: Apache-2.0 */
/* Event streams: who is told what, what a client that comes back gets, and what ends a stream. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/meters.h"
#include "harness.h"
#include "io/clock.h"

#define WAIT_MS 10000
#define TEXT    65536
#define BATCH   200

/* A stream as its client sees it. */
struct stream {
    int fd;
    size_t size;
    char text[TEXT];
};

static struct stream stream;
static struct stream second;
static struct answer answer;

static struct harness *
start(void)
{
    struct harness *harness = harness_new();

    harness->configuration.stream_recheck = 20;
    harness_start(harness);
    return harness;
}

static void
ask(const struct harness *harness, struct stream *out, const char *bearer, const char *last)
{
    char request[512];

    snprintf(request, sizeof request,
             "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n%s%s%s\r\n", bearer,
             last ? "Last-Event-ID: " : "", last ? last : "", last ? "\r\n" : "");
    out->fd = client_open(harness);
    out->size = 0;
    out->text[0] = '\0';
    client_send(out->fd, request);
}

/* False when the stream has ended before the text came. */
static bool
hears(struct stream *in, const char *text)
{
    while (!strstr(in->text, text)) {
        ssize_t n = recv(in->fd, in->text + in->size, TEXT - 1 - in->size, 0);

        if (n <= 0)
            return false;
        in->size += (size_t)n;
        in->text[in->size] = '\0';
    }
    return true;
}

static void
open_stream(const struct harness *harness, struct stream *out, const char *bearer, const char *last)
{
    ask(harness, out, bearer, last);
    assert_true(hears(out, "\r\n\r\n"));
    assert_true(strncmp(out->text, "HTTP/1.1 200 ", 13) == 0);
    assert_non_null(strstr(out->text, "Content-Type: text/event-stream\r\n"));
    assert_non_null(strstr(out->text, "Cache-Control: no-store\r\n"));
    assert_null(strstr(out->text, "Content-Length"));
    assert_true(hears(out, "retry: "));
    assert_true(hears(out, "\nid: "));
    assert_true(hears(out, "\n\n"));
}

/* The place of the last event heard. */
static void
last_id(const struct stream *in, char ret_id[80])
{
    const char *at = in->text;
    const char *found = NULL;

    while ((at = strstr(at, "\nid: ")))
        found = at += 5;
    assert_non_null(found);
    snprintf(ret_id, 80, "%.*s", (int)strcspn(found, "\n"), found);
}

static const char *
letter(int n)
{
    static char text[128];

    snprintf(text, sizeof text, "data: {\"kind\":\"letter\",\"id\":\"00000000-0000-0000-0000-00000000%04x\"}\n\n", n);
    return text;
}

static void
close_stream(struct stream *in)
{
    shutdown(in->fd, SHUT_RDWR);
    close(in->fd);
}

static void
await_streams(int64_t value)
{
    int64_t until = clock_ms() + WAIT_MS;

    while (metric_value(&meter_streams, NULL) != value) {
        assert_true(clock_ms() < until);
        sched_yield();
    }
}

static void
test_each_hears_what_its_organization_may_see_and_once(void **state)
{
    struct harness *harness = start();

    (void)state;
    open_stream(harness, &stream, "watch11", NULL);
    open_stream(harness, &second, "watch20", NULL);
    service_publish(harness, 4);
    assert_true(hears(&stream, letter(3)));
    assert_non_null(strstr(stream.text, letter(1)));
    assert_null(strstr(stream.text, letter(2)));
    assert_true(hears(&second, letter(4)));
    assert_non_null(strstr(second.text, letter(2)));
    assert_null(strstr(second.text, letter(1)));
    service_publish(harness, 2);
    assert_true(hears(&stream, letter(5)));
    assert_null(strstr(strstr(stream.text, letter(1)) + 1, letter(1)));
    assert_null(strstr(stream.text, "reset"));
    close_stream(&stream);
    close_stream(&second);
    harness_free(harness);
}

static void
test_who_comes_back_hears_what_was_missed(void **state)
{
    struct harness *harness = start();
    char id[80];

    (void)state;
    open_stream(harness, &second, "watch21", NULL); /* somebody listens all the time */
    open_stream(harness, &stream, "watch11", NULL);
    service_publish(harness, 3);
    assert_true(hears(&stream, letter(3)));
    last_id(&stream, id);
    close_stream(&stream);
    service_publish(harness, 4);
    assert_true(hears(&second, letter(7)));
    open_stream(harness, &stream, "watch11", id);
    assert_true(hears(&stream, letter(7)));
    assert_non_null(strstr(stream.text, letter(5)));
    assert_null(strstr(stream.text, letter(3)));
    assert_null(strstr(stream.text, "reset"));
    close_stream(&stream);
    close_stream(&second);
    await_streams(0); /* nobody listens: nobody pulls; what came meanwhile is found all the same */
    service_publish(harness, 2);
    open_stream(harness, &stream, "watch11", id);
    assert_true(hears(&stream, letter(9)));
    assert_null(strstr(stream.text, "reset"));
    close_stream(&stream);
    harness_free(harness);
}

static void
test_a_gap_is_told(void **state)
{
    static const char *const places[] = { "09000000-0000-0000-0000-000000000000:1",
                                          "01000000-0000-0000-0000-000000000000:1",
                                          "01000000-0000-0000-0000-000000000000:99999", "7", "x:y" };
    struct harness *harness = start();

    (void)state;
    service_publish(harness, 3000); /* more than is kept */
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        open_stream(harness, &stream, "watch11", places[i]);
        assert_true(hears(&stream, "event: reset\ndata: {}\n\n"));
        close_stream(&stream);
    }
    harness_free(harness);
}

static void
test_another_life_of_the_stream_is_told(void **state)
{
    struct harness *harness = start();
    char id[80];

    (void)state;
    service_publish(harness, 2);
    open_stream(harness, &stream, "watch11", NULL);
    atomic_fetch_add(&harness->service.life, 1); /* a restore */
    service_publish(harness, 1);
    assert_true(hears(&stream, "event: reset\ndata: {}\n\n"));
    last_id(&stream, id);
    assert_int_equal(strncmp(id, "01010000-", 9), 0);
    close_stream(&stream);
    harness_free(harness);
}

static void
test_a_missed_mountain_is_one_reset(void **state)
{
    struct harness *harness = start();
    char id[80];

    (void)state;
    open_stream(harness, &stream, "watch11", NULL);
    last_id(&stream, id);
    close_stream(&stream);
    service_publish(harness, 900);
    open_stream(harness, &stream, "watch11", id);
    assert_true(hears(&stream, "event: reset\n"));
    assert_null(strstr(stream.text, letter(1)));
    close_stream(&stream);
    harness_free(harness);
}

static void
test_a_heartbeat_carries_the_place(void **state)
{
    struct harness *harness = harness_new();

    (void)state;
    harness->configuration.stream_heartbeat = 20;
    harness_start(harness);
    open_stream(harness, &stream, "watch10", NULL);
    service_publish(harness, 1); /* not for organization 0 */
    assert_true(hears(&stream, ":\nid: 01000000-0000-0000-0000-000000000000:1\n\n"));
    assert_null(strstr(stream.text, "\ndata:"));
    close_stream(&stream);
    harness_free(harness);
}

static void
test_limits_are_told(void **state)
{
    struct harness *harness = harness_new();

    (void)state;
    harness->configuration.streams_account_limit = 1;
    harness->configuration.streams_limit = 2;
    harness_start(harness);
    open_stream(harness, &stream, "watch11", NULL);
    ask(harness, &second, "watch11", NULL);
    assert_true(hears(&second, "HTTP/1.1 429 "));
    close_stream(&second);
    open_stream(harness, &second, "watch21", NULL);
    client_ask(harness, "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer watch31\r\n\r\n", &answer);
    assert_int_equal(answer.http, 429);
    close_stream(&stream);
    await_streams(1);
    open_stream(harness, &stream, "watch11", NULL);
    close_stream(&stream);
    close_stream(&second);
    harness_free(harness);
}

static void
test_only_who_may_watch_does(void **state)
{
    struct harness *harness = start();

    (void)state;
    client_ask(harness, "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer blind11\r\n\r\n", &answer);
    assert_int_equal(answer.http, 403);
    client_ask(harness, "GET /api/v1/stream HTTP/1.1\r\nHost: a\r\n\r\n", &answer);
    assert_int_equal(answer.http, 401);
    client_ask(harness, "GET /api/v1/stream?x=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer watch11\r\n\r\n", &answer);
    assert_int_equal(answer.http, 400);
    harness_free(harness);
}

static void
test_a_stream_ends_with_its_log_in(void **state)
{
    struct harness *harness = start();

    (void)state;
    open_stream(harness, &stream, "watch11", NULL);
    atomic_store(&harness->service.locked, true);
    assert_true(client_is_closed(stream.fd));
    close(stream.fd);
    await_streams(0);
    harness_free(harness);
}

static void
test_who_reads_too_slowly_is_cut(void **state)
{
    struct harness *harness = start();
    int64_t before = metric_value(&meter_streams_ended, "slow");
    int64_t until = clock_ms() + 3 * WAIT_MS;
    int sent = 0;

    (void)state;
    open_stream(harness, &second, "watch20", NULL);
    open_stream(harness, &stream, "watch11", NULL); /* and reads no more */
    while (metric_value(&meter_streams_ended, "slow") == before) {
        assert_true(clock_ms() < until);
        service_publish(harness, BATCH);
        sent += BATCH;
        second.size = 0;
        second.text[0] = '\0';
        assert_true(hears(&second, letter(sent & 0xffff)));
    }
    assert_int_equal(metric_value(&meter_streams, NULL), 1); /* who reads stays */
    close_stream(&stream);
    close_stream(&second);
    harness_free(harness);
}

static void
test_a_stop_ends_streams_cleanly(void **state)
{
    struct harness *harness = start();

    (void)state;
    open_stream(harness, &stream, "watch11", NULL);
    harness_ask_to_stop(harness);
    assert_true(client_is_closed(stream.fd));
    close(stream.fd);
    harness_free(harness);
    assert_int_equal(metric_value(&meter_streams, NULL), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_hears_what_its_organization_may_see_and_once),
        cmocka_unit_test(test_who_comes_back_hears_what_was_missed),
        cmocka_unit_test(test_a_gap_is_told),
        cmocka_unit_test(test_another_life_of_the_stream_is_told),
        cmocka_unit_test(test_a_missed_mountain_is_one_reset),
        cmocka_unit_test(test_a_heartbeat_carries_the_place),
        cmocka_unit_test(test_limits_are_told),
        cmocka_unit_test(test_only_who_may_watch_does),
        cmocka_unit_test(test_a_stream_ends_with_its_log_in),
        cmocka_unit_test(test_who_reads_too_slowly_is_cut),
        cmocka_unit_test(test_a_stop_ends_streams_cleanly),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
