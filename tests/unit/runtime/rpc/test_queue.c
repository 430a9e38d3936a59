/* SPDX-License-Identifier: Apache-2.0 */
/* The bounded queue between the front thread and the workers. */
#include "support/cmocka_all.h"

#include <sched.h>

#include "rpc/queue.h"

#define ROOM   8
#define TOTAL  20000
#define TAKERS 4

static struct request_queue queue;

static struct bus_message
message_of(int number)
{
    struct bus_message message = { .count = 1 };

    zmq_msg_init_size(&message.frame[0], sizeof number);
    memcpy(zmq_msg_data(&message.frame[0]), &number, sizeof number);
    return message;
}

static bool
push(int number)
{
    struct bus_message message = message_of(number);
    bool taken = queue_push(&queue, &message, number);

    bus_message_done(&message);
    return taken;
}

static int
number_in(struct queued_request *request)
{
    int number;

    assert_int_equal(request->message.count, 1);
    memcpy(&number, bus_frame(&request->message, 0).data, sizeof number);
    assert_int_equal(request->received_us, number);
    bus_message_done(&request->message);
    return number;
}

static void
test_first_in_is_first_out_all_around_the_ring(void **state)
{
    struct queued_request request;

    (void)state;
    for (int i = 0; i < 5 * ROOM; i++) {
        assert_true(push(2 * i) && push(2 * i + 1));
        for (int k = 0; k < 2; k++) {
            assert_int_equal(queue_pop(&queue, 0, &request), QUEUE_REQUEST);
            assert_int_equal(number_in(&request), 2 * i + k);
        }
    }
}

static void
test_one_more_than_there_is_room_stays_with_the_caller(void **state)
{
    struct bus_message message = message_of(99);

    (void)state;
    for (int i = 0; i < ROOM; i++)
        assert_true(push(i));
    assert_false(queue_push(&queue, &message, 0));
    assert_int_equal(message.count, 1);
    assert_int_equal(bus_frame(&message, 0).size, sizeof(int)); /* still whole: it can be answered */
    assert_int_equal(queue_length(&queue), ROOM);
    bus_message_done(&message);
}

static void
test_an_empty_queue_says_quiet_in_time(void **state)
{
    struct queued_request request;

    (void)state;
    assert_int_equal(queue_pop(&queue, 0, &request), QUEUE_QUIET);
    assert_int_equal(queue_pop(&queue, 5, &request), QUEUE_QUIET);
}

static void
test_a_closed_queue_takes_nothing_and_gives_what_it_has(void **state)
{
    struct queued_request request;

    (void)state;
    assert_true(push(7));
    queue_close(&queue);
    assert_false(push(8));
    assert_int_equal(queue_pop(&queue, 1000, &request), QUEUE_REQUEST);
    assert_int_equal(number_in(&request), 7);
    assert_int_equal(queue_pop(&queue, 1000, &request), QUEUE_CLOSED);
}

struct taker {
    pthread_t thread;
    int64_t sum;
    int count;
};

static void *
take(void *argument)
{
    struct taker *taker = argument;
    struct queued_request request;
    enum queue_outcome outcome;

    while ((outcome = queue_pop(&queue, 10000, &request)) != QUEUE_CLOSED)
        if (outcome == QUEUE_REQUEST) {
            taker->sum += number_in(&request);
            taker->count++;
        }
    return NULL;
}

static void
test_many_takers_get_each_request_once_and_close_wakes_them(void **state)
{
    struct taker takers[TAKERS] = { 0 };
    int64_t sum = 0;
    int count = 0;

    (void)state;
    for (int i = 0; i < TAKERS; i++)
        assert_int_equal(pthread_create(&takers[i].thread, NULL, take, &takers[i]), 0);
    for (int i = 0; i < TOTAL; i++)
        while (!push(i)) /* full: the takers are at work */
            sched_yield();
    queue_close(&queue);
    for (int i = 0; i < TAKERS; i++) {
        pthread_join(takers[i].thread, NULL);
        sum += takers[i].sum;
        count += takers[i].count;
    }
    assert_int_equal(count, TOTAL);
    assert_int_equal(sum, (int64_t)TOTAL * (TOTAL - 1) / 2);
}

static int
start(void **state)
{
    (void)state;
    queue_init(&queue, ROOM);
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    queue_done(&queue); /* what still waits is released: the leak check of the sanitizer sees it */
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_first_in_is_first_out_all_around_the_ring, start, finish),
        cmocka_unit_test_setup_teardown(test_one_more_than_there_is_room_stays_with_the_caller, start, finish),
        cmocka_unit_test_setup_teardown(test_an_empty_queue_says_quiet_in_time, start, finish),
        cmocka_unit_test_setup_teardown(test_a_closed_queue_takes_nothing_and_gives_what_it_has, start, finish),
        cmocka_unit_test_setup_teardown(test_many_takers_get_each_request_once_and_close_wakes_them, start, finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
