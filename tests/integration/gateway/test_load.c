/* SPDX-License-Identifier: Apache-2.0 */
/* Many requests in flight, sent from inside and outside of the drain: with an edge of ZMQ_FD lost the loop would sleep
 * on answers that are there, and a request would end in 504. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <poll.h>
#include <unistd.h>

#include "harness.h"

#define CLIENTS   32
#define ROUNDS    320
#define BURST     800 /* three times what a turn takes */
#define SETTLE_MS 300
#define REQUEST   "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n"

static struct answer answer;

static void
test_no_answer_is_slept_on(void **state)
{
    struct harness *harness = harness_new();
    int fds[CLIENTS];

    (void)state;
    harness_start(harness);
    for (int i = 0; i < CLIENTS; i++)
        fds[i] = client_open(harness);
    for (int round = 0; round < ROUNDS; round++) {
        int clients = round % CLIENTS + 1; /* from one in flight to many */

        for (int i = 0; i < clients; i++)
            client_send(fds[i], REQUEST REQUEST); /* the second is sent to the service from inside of the drain */
        for (int i = 0; i < 2 * clients; i++) {
            assert_true(client_receive(fds[i / 2], &answer));
            assert_int_equal(answer.http, 200);
        }
    }
    for (int i = 0; i < CLIENTS; i++)
        close(fds[i]);
    harness_free(harness);
}

/* More answers at once than one turn of the loop takes: what is left must keep the loop awake. The loop stands still
 * until all of them lie in its sockets, and the clients then say nothing that could wake it. Its cure is on_prepare in
 * upstream_watch.c. Nothing tells when the last answer has come through; should a third of a second not do once, the
 * test proves less that day. */
static void
test_what_a_turn_leaves_is_not_slept_on(void **state)
{
    struct harness *harness = harness_new();
    int fds[BURST];
    int answers;

    (void)state;
    harness_start(harness);
    for (int i = 0; i < BURST; i++) {
        fds[i] = client_open(harness);
        client_send(fds[i], "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n"
                            "Idempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
                            "{\"name\":\"held\"}");
    }
    harness_wait(&harness->service.held, BURST);
    answers = atomic_load(&harness->service.answers);
    harness_hold(harness);
    service_release(harness);
    harness_wait(&harness->service.answers, answers + BURST);
    poll(NULL, 0, SETTLE_MS);
    harness_go_on(harness);
    for (int i = 0; i < BURST; i++) {
        assert_true(client_receive(fds[i], &answer));
        assert_int_equal(answer.http, 201);
    }
    for (int i = 0; i < BURST; i++)
        close(fds[i]);
    harness_free(harness);
}

int
main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_no_answer_is_slept_on),
                                        cmocka_unit_test(test_what_a_turn_leaves_is_not_slept_on) };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
