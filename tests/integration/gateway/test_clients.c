/* SPDX-License-Identifier: Apache-2.0 */
/* Clients that are slow, greedy or gone; and the graceful stop. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/meters.h"
#include "harness.h"

#define GET(path) "GET /api/v1/things/" path " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n"

static struct answer answer;

static void
expect_alive(const struct harness *harness)
{
    client_ask(harness, GET("a"), &answer);
    assert_int_equal(answer.http, 200);
}

static void
test_a_client_that_never_reads_is_cut_off(void **state)
{
    struct harness *harness = *state;
    int64_t before = metric_value(&meter_timeouts, "write");
    int small = 4096;
    int answers;
    int fd;

    harness->configuration.write_timeout = 200;
    harness_start(harness);
    fd = client_open(harness);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small), 0);
    answers = atomic_load(&harness->service.answers);
    for (int i = 0; i < 60; i++)
        client_send(fd, GET("large"));
    harness_wait_metric(&meter_timeouts, "write", before + 1, INT64_MAX);
    /* one answer at a time: what nobody takes is not fetched either */
    assert_true(atomic_load(&harness->service.answers) - answers < 30);
    harness_wait_metric(&meter_connections, NULL, INT64_MIN, 0);
    close(fd);
    expect_alive(harness);
}

static void
test_a_client_that_is_gone_does_not_end_the_process(void **state)
{
    struct harness *harness = *state;
    struct linger reset = { .l_onoff = 1 };
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    client_send(fd, GET("held"));
    assert_int_equal(shutdown(fd, SHUT_WR), 0);
    harness_wait(&harness->service.held, 1);
    expect_alive(harness); /* the end of the client's side has been seen */
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), 0);
    close(fd);
    service_release(harness); /* the answer is written to a socket that was reset: SIGPIPE, were it not ignored */
    expect_alive(harness);
    harness_wait_metric(&meter_connections, NULL, INT64_MIN, 0);
}

static void
test_half_a_client_gets_its_answer(void **state)
{
    struct harness *harness = *state;
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    client_send(fd, GET("a1"));
    assert_int_equal(shutdown(fd, SHUT_WR), 0);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 200);
    assert_true(client_is_closed(fd));
    close(fd);
}

static void
test_slow_clients_are_cut_off(void **state)
{
    static const struct {
        const char *sent;
        const char *label;
    } cases[] = {
        { "", "idle" },
        { "G", "head" },
        { "GET / HTTP/1.1\r\nHost: a\r\n", "head" },
        { "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1234", "body" },
        { "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n1234", "body" },
        { GET("a"), "idle" },
    };
    struct harness *harness = *state;

    harness->configuration.head_timeout = 100;
    harness->configuration.body_timeout = 100;
    harness->configuration.idle_timeout = 200;
    harness_start(harness);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t before = metric_value(&meter_timeouts, cases[i].label);
        int fd = client_open(harness);

        client_send(fd, cases[i].sent);
        assert_true(client_is_closed(fd));
        harness_wait_metric(&meter_timeouts, cases[i].label, before + 1, INT64_MAX);
        close(fd);
    }
}

static void
test_one_connection_too_many(void **state)
{
    struct harness *harness = *state;
    int fds[4];
    int extra;

    harness->configuration.connections_limit = 4;
    harness_start(harness);
    harness_wait_metric(&meter_connections, NULL, INT64_MIN, 0);
    for (size_t i = 0; i < 4; i++)
        fds[i] = client_open(harness);
    extra = client_open(harness);
    assert_true(client_receive(extra, &answer));
    assert_int_equal(answer.http, 503);
    assert_true(client_is_closed(extra));
    close(extra);
    for (size_t i = 0; i < 4; i++) {
        client_send(fds[i], GET("a"));
        assert_true(client_receive(fds[i], &answer));
        assert_int_equal(answer.http, 200);
        close(fds[i]);
    }
}

static void
test_what_is_sent_ahead_stays_outside(void **state)
{
    struct harness *harness = *state;
    int64_t before = metric_value(&meter_buffer_full, NULL);
    int fd;

    harness_start(harness);
    fd = client_open(harness);
    client_send(fd, GET("held"));
    for (int i = 0; i < 400; i++)
        client_send(fd, GET("a"));
    harness_wait_metric(&meter_buffer_full, NULL, before + 1, INT64_MAX);
    harness_wait(&harness->service.held, 1);
    service_release(harness);
    for (int i = 0; i < 401; i++) {
        assert_true(client_receive(fd, &answer));
        assert_int_equal(answer.http, 200);
    }
    close(fd);
}

static void
test_refusals_close_and_are_told(void **state)
{
    static char head[20000];
    struct harness *harness = *state;
    int fd;

    harness_start(harness);
    memset(head, 'a', sizeof head - 1);
    memcpy(head, "GET / HTTP/1.1\r\nX: ", 19);
    fd = client_open(harness);
    client_send(fd, head);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 431);
    assert_true(client_is_closed(fd));
    close(fd);
    fd = client_open(harness);
    client_send(fd, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\nabc");
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 413);
    assert_true(client_is_closed(fd));
    close(fd);
}

static void
test_a_stop_finishes_what_is_in_work(void **state)
{
    struct harness *harness = *state;
    int idle;
    int busy;

    harness_start(harness);
    idle = client_open(harness);
    client_send(idle, GET("a"));
    assert_true(client_receive(idle, &answer));
    busy = client_open(harness);
    client_send(busy, GET("held"));
    harness_wait(&harness->service.held, 1);
    harness_ask_to_stop(harness);
    assert_true(client_is_closed(idle));
    service_release(harness);
    assert_true(client_receive(busy, &answer));
    assert_int_equal(answer.http, 200);
    assert_non_null(strstr(answer.head, "\r\nConnection: close\r\n"));
    assert_true(client_is_closed(busy));
    close(idle);
    close(busy);
    harness_drain(harness);
}

static void
test_a_stop_does_not_wait_for_ever(void **state)
{
    struct harness *harness = *state;
    int fd;

    harness->configuration.drain_timeout = 100;
    harness_start(harness);
    fd = client_open(harness);
    client_send(fd, "GET / HTTP/1.1\r\n");
    harness_wait_metric(&meter_connections, NULL, 1, INT64_MAX);
    harness_drain(harness);
    assert_true(client_is_closed(fd));
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_client_that_never_reads_is_cut_off, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_client_that_is_gone_does_not_end_the_process, harness_set_up,
                                        harness_tear_down),
        cmocka_unit_test_setup_teardown(test_half_a_client_gets_its_answer, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_slow_clients_are_cut_off, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_one_connection_too_many, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_sent_ahead_stays_outside, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_refusals_close_and_are_told, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_stop_finishes_what_is_in_work, harness_set_up, harness_tear_down),
        cmocka_unit_test_setup_teardown(test_a_stop_does_not_wait_for_ever, harness_set_up, harness_tear_down),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
