/* SPDX-License-Identifier: Apache-2.0 */
/* Shared steps of the runtime's integration tests. The test's thread, but for the thread of a cut. */
#include "scene.h"

#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "io/clock.h"
#include "support/cmocka_all.h"

#define TICK_MS 10

int
scene_port(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

void
scene_await_number(struct test_pg *pg, const char *schema, const char *query, int64_t expected)
{
    int64_t until = clock_ms() + SCENE_MS;
    int64_t number;

    while ((number = test_pg_number(pg, schema, query)) != expected) {
        if (clock_ms() > until)
            fail_msg("%s gives %lld, not %lld", query, (long long)number, (long long)expected);
        poll(NULL, 0, TICK_MS);
    }
}

void
scene_await(bool (*holds)(void *), void *context, const char *what)
{
    int64_t until = clock_ms() + SCENE_MS;

    while (!holds(context)) {
        if (clock_ms() > until)
            fail_msg("not in time: %s", what);
        poll(NULL, 0, TICK_MS);
    }
}

void
scene_things(struct test_pg *pg, const char *service)
{
    char grant[128];

    test_pg_run(pg, service,
                "create table things (word text primary key, number bigint not null default 0,"
                " constraint number_is_positive check (number >= 0))");
    snprintf(grant, sizeof grant, "grant all on things to %s", service);
    test_pg_run(pg, service, grant);
}

static void *
cut_when_held(void *argument)
{
    struct scene_cut *cut = argument;

    cut->held = proxy_await_held(cut->proxy, SCENE_MS);
    proxy_cut(cut->proxy);
    return NULL;
}

void
scene_cut_start(struct scene_cut *cut, struct proxy *proxy, enum proxy_mode mode)
{
    *cut = (struct scene_cut){ .proxy = proxy };
    proxy_set(proxy, mode, NULL);
    assert_int_equal(pthread_create(&cut->thread, NULL, cut_when_held, cut), 0);
}

void
scene_cut_finish(struct scene_cut *cut)
{
    pthread_join(cut->thread, NULL);
    assert_true(cut->held);
}
