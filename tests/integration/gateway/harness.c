/* SPDX-License-Identifier: Apache-2.0 */
/* The threads of gateway and service, and the client's sockets. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "gateway/connections/server.h"
#include "gateway/transcode/transcode_in.h"
#include "harness_private.h"
#include "io/clock.h"
#include "io/drain.h"
#include "io/log.h"
#include "io/seal.h"

#define WAIT_MS 20000

/* What has no default; the keys are not read from files here. */
static const char *const required[] = { "LIANGXIN_ADMIN_BIND", "LIANGXIN_CURVE_SECRET_FILE",
                                        "LIANGXIN_CURVE_PEERS_FILE", NULL };

struct harness *
harness_new(void)
{
    struct rig *rig = calloc(1, sizeof *rig);
    char *environment[] = { NULL };

    CHECK(rig != NULL);
    rig->arena = arena_new(64 << 20);
    /* complains about the required ones; every other setting has its default now */
    (void)configuration_load(rig->arena, environment, required, &rig->harness.configuration);
    rig->harness.configuration.http_bind = "127.0.0.1:0";
    /* the client is one address; who tests limits sets them */
    rig->harness.configuration.rate_account = 0;
    rig->harness.configuration.rate_address = 0;
    rig->harness.configuration.rate_open = 0;
    rig->harness.configuration.rate_guess = 0;
    return &rig->harness;
}

static struct bus *
open_bus(struct arena *arena)
{
    char public_key[BUS_KEY_SIZE];
    char secret_key[BUS_KEY_SIZE];
    struct bus *bus = NULL;

    CHECK(zmq_curve_keypair(public_key, secret_key) == 0);
    CHECK(!bus_open(arena, "sample", secret_key, arena_printf(arena, "sample %s\n", public_key), &bus));
    return bus;
}

static void *
gateway_main(void *argument)
{
    struct rig *rig = argument;

    uv_run(&rig->loop, UV_RUN_DEFAULT);
    return NULL;
}

static void
on_hold(uv_async_t *hold)
{
    struct rig *rig = hold->data;

    atomic_store(&rig->held, true);
    while (sem_wait(&rig->go_on) != 0)
        ;
    atomic_store(&rig->held, false);
}

static void
start_gateway(struct rig *rig)
{
    struct journey_context *journeys = &rig->server.journeys;

    CHECK(uv_loop_init(&rig->loop) == 0);
    CHECK(uv_async_init(&rig->loop, &rig->hold, on_hold) == 0);
    CHECK(sem_init(&rig->go_on, 0, 0) == 0);
    uv_unref((uv_handle_t *)&rig->hold);
    rig->hold.data = rig;
    rig->server.loop = &rig->loop;
    rig->server.configuration = &rig->harness.configuration;
    journeys->router = router_new(rig->arena, sample_routes, sample_routes_count);
    journeys->upstream = upstream_new(&rig->loop, rig->bus, (size_t)rig->harness.configuration.calls_limit);
    journeys->sessions =
        sessions_new(journeys->upstream, &sample_exchange, (size_t)rig->harness.configuration.sessions_limit);
    journeys->streams = streams_new(&rig->loop, journeys->upstream, journeys->sessions, &service_read_stream,
                                    &rig->harness.configuration);
    journeys->answer_limit = (size_t)rig->harness.configuration.answer_limit;
    limits_init(&journeys->limits, rig->arena, &rig->harness.configuration);
    upstream_add(journeys->upstream, "sample", rig->hosts);
    rig->drain = eventfd(0, EFD_CLOEXEC);
    CHECK(!server_open(rig->arena, &rig->server, rig->drain));
    upstream_start(journeys->upstream);
    streams_start(journeys->streams, rig->bus, "sample", rig->bell_host);
    rig->harness.port = server_port(&rig->server);
    if (rig->harness.configuration.proxy_bind[0])
        rig->harness.proxy_port = server_proxy_port(&rig->server);
    CHECK(pthread_create(&rig->gateway_thread, NULL, gateway_main, rig) == 0);
}

void
harness_start(struct harness *harness)
{
    struct rig *rig = (struct rig *)harness;
    struct answer *answer = calloc(1, sizeof *answer);
    int64_t until = clock_ms() + WAIT_MS;

    CHECK(answer != NULL);
    rig->bus = open_bus(rig->arena);
    service_start(rig);
    start_gateway(rig);
    while (!atomic_load(&rig->server.listening)) {
        CHECK(clock_ms() < until);
        sched_yield();
    }
    do { /* until both handshakes are done the gateway answers 503 */
        client_ask(harness, "GET /api/v1/things HTTP/1.1\r\nHost: a\r\n\r\n", answer);
        CHECK(clock_ms() < until);
    } while (answer->http != 200);
    free(answer);
}

void
harness_hold(struct harness *harness)
{
    struct rig *rig = (struct rig *)harness;
    int64_t until = clock_ms() + WAIT_MS;

    CHECK(uv_async_send(&rig->hold) == 0);
    while (!atomic_load(&rig->held)) {
        CHECK(clock_ms() < until);
        sched_yield();
    }
}

void
harness_go_on(struct harness *harness)
{
    CHECK(sem_post(&((struct rig *)harness)->go_on) == 0);
}

void
harness_ask_to_stop(struct harness *harness)
{
    CHECK(eventfd_write(((struct rig *)harness)->drain, 1) == 0);
}

void
harness_drain(struct harness *harness)
{
    struct rig *rig = (struct rig *)harness;

    if (rig->drained)
        return;
    rig->drained = true;
    harness_ask_to_stop(harness);
    pthread_join(rig->gateway_thread, NULL);
}

void
harness_free(struct harness *harness)
{
    struct rig *rig = (struct rig *)harness;

    harness_drain(harness);
    streams_free(rig->server.journeys.streams);
    sessions_free(rig->server.journeys.sessions);
    upstream_free(rig->server.journeys.upstream);
    journey_pool_free(&rig->server.journeys);
    uv_close((uv_handle_t *)&rig->hold, NULL);
    uv_run(&rig->loop, UV_RUN_DEFAULT);
    CHECK(uv_loop_close(&rig->loop) == 0);
    sem_destroy(&rig->go_on);
    close(rig->drain);
    service_stop(rig);
    bus_close(rig->bus);
    arena_free(rig->arena);
    free(rig);
}

void
harness_wait(const atomic_int *counter, int value)
{
    int64_t until = clock_ms() + WAIT_MS;

    while (atomic_load(counter) < value) {
        CHECK(clock_ms() < until);
        sched_yield();
    }
}

void
harness_wait_metric(struct metric *metric, const char *label, int64_t least, int64_t most)
{
    int64_t until = clock_ms() + WAIT_MS;

    while (metric_value(metric, label) < least || metric_value(metric, label) > most) {
        CHECK(clock_ms() < until);
        sched_yield();
    }
}

int
harness_set_up(void **state)
{
    *state = harness_new();
    return 0;
}

int
harness_tear_down(void **state)
{
    harness_free(*state);
    return 0;
}

int
client_open(const struct harness *harness)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)harness->port) };
    struct timeval patience = { .tv_sec = WAIT_MS / 1000 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

void
client_send(int fd, const char *text)
{
    size_t size = strlen(text);

    while (size) {
        ssize_t n = send(fd, text, size, MSG_NOSIGNAL);

        assert_true(n > 0);
        text += n;
        size -= (size_t)n;
    }
}

static bool
receive_head(int fd, struct answer *answer)
{
    size_t used = 0;

    memset(answer->head, 0, sizeof answer->head);
    while (!strstr(answer->head, "\r\n\r\n")) {
        if (used == sizeof answer->head - 1 || recv(fd, answer->head + used, 1, 0) != 1)
            return false;
        used++;
    }
    return true;
}

bool
client_receive(int fd, struct answer *ret_answer)
{
    const char *length;
    size_t want;

    ret_answer->size = 0;
    ret_answer->http = 0;
    if (!receive_head(fd, ret_answer) || sscanf(ret_answer->head, "HTTP/1.1 %d", &ret_answer->http) != 1)
        return false;
    length = strcasestr(ret_answer->head, "\r\nContent-Length: ");
    want = length ? strtoul(length + 18, NULL, 10) : 0;
    assert_true(want < sizeof ret_answer->body);
    while (ret_answer->size < want) {
        ssize_t n = recv(fd, ret_answer->body + ret_answer->size, want - ret_answer->size, 0);

        if (n <= 0)
            return false;
        ret_answer->size += (size_t)n;
    }
    ret_answer->body[want] = '\0';
    return true;
}

bool
client_is_closed(int fd)
{
    char waste[4096];
    ssize_t n;

    do
        n = recv(fd, waste, sizeof waste, 0);
    while (n > 0);
    return n == 0 || errno == ECONNRESET;
}

void
client_ask(const struct harness *harness, const char *text, struct answer *ret_answer)
{
    int fd = client_open(harness);

    client_send(fd, text);
    assert_true(client_receive(fd, ret_answer));
    close(fd);
}

void
harness_main(void)
{
    close(drain_open()); /* as main does: SIGPIPE is ignored from here on */
    log_open("test", LOG_ERROR);
    seal_init();
    transcode_init();
    meters_register();
}
