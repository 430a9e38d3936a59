/* SPDX-License-Identifier: Apache-2.0 */
/* Ten thousand connections that say nothing, and two thousand that say one byte: what they may cost in memory, that
 * others are served beside them, and that they end. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gateway/meters.h"
#include "harness.h"
#include "io/clock.h"

#define IDLE      10000
#define SLOW      2000
#define IDLE_COST ((int64_t)4 * 1024)  /* bytes a connection may cost while it waits */
#define SLOW_COST ((int64_t)64 * 1024) /* and while part of a head has come */
#define ANSWER_MS 2000                 /* for one request beside them, on a machine with other work */
#define GET       "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n\r\n"

static struct answer answer;
static int fds[SLOW];

static int64_t
resident(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    long pages = 0;

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*d %ld", &pages), 1);
    fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static void
expect_alive(const struct harness *harness)
{
    int64_t began = clock_ms();

    client_ask(harness, GET, &answer);
    assert_int_equal(answer.http, 200);
    assert_true(clock_ms() - began < ANSWER_MS);
}

static void
open_many(const struct harness *harness, int count, const char *said)
{
    for (int i = 0; i < count; i++) {
        fds[i] = client_open(harness);
        client_send(fds[i], said);
    }
}

static void
close_many(int count)
{
    for (int i = 0; i < count; i++)
        close(fds[i]);
}

/* Clients in a process of their own, so that each end has descriptors enough; they live until `ret_hold` is closed. */
static pid_t
open_elsewhere(const struct harness *harness, int count, int *ret_hold)
{
    int hold[2];
    pid_t pid;
    char byte;

    assert_int_equal(pipe2(hold, O_CLOEXEC), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        close(hold[1]);
        for (int i = 0; i < count; i++)
            client_open(harness);
        (void)!read(hold[0], &byte, 1);
        _exit(0);
    }
    close(hold[0]);
    *ret_hold = hold[1];
    return pid;
}

static void
test_ten_thousand_idle_connections(void **state)
{
    struct harness *harness = harness_new();
    int64_t before;
    int hold;
    pid_t pid;

    (void)state;
    harness_start(harness);
    expect_alive(harness);
    before = resident();
    pid = open_elsewhere(harness, IDLE, &hold);
    harness_wait_metric(&meter_connections, NULL, IDLE, IDLE + 1);
    expect_alive(harness);
    assert_true(resident() - before < IDLE * IDLE_COST);
    close(hold);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    harness_wait_metric(&meter_connections, NULL, 0, 0);
    harness_free(harness);
}

static void
test_slow_senders(void **state)
{
    struct harness *harness = harness_new();
    int64_t before;

    (void)state;
    harness->configuration.head_timeout = 3000;
    harness_start(harness);
    expect_alive(harness);
    before = resident();
    open_many(harness, SLOW, "G");
    harness_wait_metric(&meter_connections, NULL, SLOW, SLOW + 1);
    expect_alive(harness);
    assert_true(resident() - before < SLOW * SLOW_COST);
    harness_wait_metric(&meter_connections, NULL, 0, 0); /* all cut off, though nobody here has closed one */
    expect_alive(harness);
    close_many(SLOW);
    harness_free(harness);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ten_thousand_idle_connections),
        cmocka_unit_test(test_slow_senders),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
