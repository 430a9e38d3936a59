/* SPDX-License-Identifier: Apache-2.0 */
/* One gateway takes over from another on the same port while clients come and go: nobody is turned away. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "harness.h"

#define CLIENTS   3
#define TAKEOVERS 4
#define REQUESTS  200 /* at least, between two takeovers */
#define ONCE      "GET /api/v1/things/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer good\r\n%s\r\n"
#define PATIENCE  10 /* seconds */

/* Clients that make a connection for each request; none of them asserts, for cmocka knows one thread. */
struct load {
    int port;
    atomic_bool over;
    atomic_int answered;
    atomic_int failed;
};

static int
connect_to(int port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct timeval patience = { .tv_sec = PATIENCE };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) == 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    close(fd);
    return -1;
}

static bool
is_answered(int port)
{
    char request[256];
    char answer[2048] = "";
    size_t used = 0;
    ssize_t n = 1;
    int fd = connect_to(port);

    if (fd < 0)
        return false;
    snprintf(request, sizeof request, ONCE, "Connection: close\r\n");
    if (send(fd, request, strlen(request), MSG_NOSIGNAL) > 0)
        while (used < sizeof answer - 1 && (n = recv(fd, answer + used, sizeof answer - 1 - used, 0)) > 0)
            used += (size_t)n;
    close(fd);
    return strncmp(answer, "HTTP/1.1 200 ", 13) == 0;
}

static void *
client_main(void *argument)
{
    struct load *load = argument;

    while (!atomic_load(&load->over))
        atomic_fetch_add(is_answered(load->port) ? &load->answered : &load->failed, 1);
    return NULL;
}

static struct harness *
gateway_on(int port)
{
    static char bind[TAKEOVERS + 1][32];
    static size_t used;
    struct harness *harness = harness_new();

    snprintf(bind[used], sizeof bind[used], "127.0.0.1:%d", port);
    harness->configuration.http_bind = bind[used++];
    harness->configuration.http_share = 1;
    harness_start(harness);
    return harness;
}

static void
test_nobody_is_refused_while_one_takes_over(void **state)
{
    struct harness *now = gateway_on(0);
    struct load load = { .port = now->port };
    pthread_t clients[CLIENTS];

    (void)state;
    for (size_t i = 0; i < CLIENTS; i++)
        CHECK(pthread_create(&clients[i], NULL, client_main, &load) == 0);
    for (int i = 1; i <= TAKEOVERS; i++) {
        struct harness *next = gateway_on(load.port);

        harness_wait(&load.answered, i * REQUESTS);
        harness_free(now); /* drains it */
        now = next;
    }
    harness_wait(&load.answered, (TAKEOVERS + 1) * REQUESTS);
    atomic_store(&load.over, true);
    for (size_t i = 0; i < CLIENTS; i++)
        pthread_join(clients[i], NULL);
    harness_free(now);
    assert_int_equal(atomic_load(&load.failed), 0);
}

/* A kept connection is not cut off under a request that is on its way, and is told to come back elsewhere. */
static void
test_a_kept_connection_ends_with_an_answer(void **state)
{
    static struct answer answer;
    struct harness *harness = harness_new();
    char request[256];
    int fd;

    (void)state;
    harness_start(harness);
    fd = client_open(harness);
    snprintf(request, sizeof request, ONCE, "");
    client_send(fd, request);
    assert_true(client_receive(fd, &answer));
    assert_non_null(strstr(answer.head, "Connection: keep-alive"));
    harness_ask_to_stop(harness);
    client_send(fd, request);
    assert_true(client_receive(fd, &answer));
    assert_int_equal(answer.http, 200);
    assert_true(client_is_closed(fd));
    close(fd);
    harness_free(harness);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nobody_is_refused_while_one_takes_over),
        cmocka_unit_test(test_a_kept_connection_ends_with_an_answer),
    };

    harness_main();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
