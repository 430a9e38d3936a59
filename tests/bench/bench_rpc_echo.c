/* SPDX-License-Identifier: Apache-2.0 */
/* A call through the whole frame (header, pre-scan, queue, worker, answer) without a transaction, 200 bytes, 64 in
 * flight, CURVE; beside a bare ROUTER that sends back what a DEALER sent, with CURVE too. Server and client are two
 * processes in both cases. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/check.h"
#include "bench.h"
#include "io/bus.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/seal.h"
#include "rpc/codec.h"
#include "rpc/envelope.h"
#include "rpc/ping.h"
#include "rpc/server.h"

#define IN_FLIGHT 64
#define BODY_SIZE 200
#define WORKERS   1
#define WARM_UP   2000
#define SILENCE   5000 /* milliseconds without an answer: the run is broken */

struct keys {
    char secret[2][BUS_KEY_SIZE]; /* server, client */
    char peers[256];
    int port;
};

static struct bus *
open_bus(struct arena *arena, const struct keys *keys, int which)
{
    struct bus *bus;

    CHECK(!bus_open(arena, which ? "gateway" : "transfers", keys->secret[which], keys->peers, &bus));
    return bus;
}

static void
wait_for_end(int ready)
{
    CHECK(write(ready, "!", 1) == 1);
    for (;;)
        pause();
}

static void
serve_ours(const struct keys *keys, int ready)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    static const struct rpc_endpoint none[] = { { 0 } };
    struct rpc_server_setup setup = { .bus = open_bus(arena, keys, 0),
                                      .bind = arena_printf(arena, "tcp://127.0.0.1:%d", keys->port),
                                      .name = "echo",
                                      .endpoints = none,
                                      .workers = WORKERS,
                                      .queue_limit = 1024 };
    struct rpc_server *server;

    rpc_server_metrics();
    CHECK(!rpc_server_start(arena, &setup, &server));
    wait_for_end(ready);
}

static void
serve_bare(const struct keys *keys, int ready)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct bus *bus = open_bus(arena, keys, 0);
    void *router = bus_router(bus, arena_printf(arena, "tcp://127.0.0.1:%d", keys->port));

    CHECK(router != NULL && write(ready, "!", 1) == 1);
    for (;;) {
        zmq_pollitem_t item = { .socket = router, .events = ZMQ_POLLIN };
        zmq_msg_t identity;
        zmq_msg_t body;

        zmq_poll(&item, 1, -1);
        zmq_msg_init(&identity);
        zmq_msg_init(&body);
        while (zmq_msg_recv(&identity, router, ZMQ_DONTWAIT) >= 0 && zmq_msg_recv(&body, router, 0) >= 0) {
            zmq_msg_send(&identity, router, ZMQ_SNDMORE);
            zmq_msg_send(&body, router, 0);
            zmq_msg_init(&identity);
            zmq_msg_init(&body);
        }
    }
}

static long calls_made; /* by the last measurement */

struct client {
    struct arena *arena;
    void *socket;
    bool framed; /* ours: header and body; bare: body alone */
    struct slice body;
    long answered;
};

static void
send_one(struct client *client)
{
    struct rpc_request request = { .id = clock_id(), .method = rpc_ping.name, .budget_ms = 5000, .trace = "" };
    struct slice frame = client->body;

    if (client->framed) {
        arena_reset(client->arena);
        frame = envelope_join(client->arena, envelope_request_pack(client->arena, &request), client->body);
    }
    while (!bus_send(client->socket, &frame, 1))
        CHECK(errno == EAGAIN);
}

static void
check_answer(struct client *client, struct bus_message *message)
{
    struct slice body = bus_frame(message, 0);
    struct slice header;
    struct rpc_reply reply;

    if (client->framed) {
        arena_reset(client->arena);
        CHECK(envelope_split(body, &header, &body));
        CHECK(!envelope_reply_unpack(client->arena, header, &reply) && !reply.status);
    }
    CHECK(slice_equal(body, client->body));
}

static void
exchange(struct client *client, int64_t until_us, long at_least)
{
    long sent = 0;
    long got = 0;

    for (; sent < IN_FLIGHT; sent++)
        send_one(client);
    while (got < sent) {
        zmq_pollitem_t item = { .socket = client->socket, .events = ZMQ_POLLIN };
        struct bus_message message;

        CHECK(zmq_poll(&item, 1, SILENCE) > 0);
        while (bus_receive(client->socket, &message)) {
            check_answer(client, &message);
            bus_message_done(&message);
            got++;
            if (clock_us() < until_us || got < at_least) {
                send_one(client);
                sent++;
            }
        }
    }
    client->answered = got;
}

static double
measure_client(const struct keys *keys, bool framed)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct bus *bus = open_bus(arena, keys, 1);
    Liangxin__Rpc__V1__PingRequest ping = LIANGXIN__RPC__V1__PING_REQUEST__INIT;
    uint8_t payload[BODY_SIZE - 3] = { 0 };
    struct client client = { .arena = arena_new((size_t)1 << 20), .framed = framed };
    int64_t from_us;
    double rate;

    ping.payload = (ProtobufCBinaryData){ .len = sizeof payload, .data = payload };
    client.body = codec_pack(arena, &ping.base);
    CHECK(client.body.size == BODY_SIZE);
    client.socket = bus_dealer(bus, arena_printf(arena, "tcp://127.0.0.1:%d", keys->port), "transfers");
    exchange(&client, 0, WARM_UP);
    from_us = clock_us();
    exchange(&client, from_us + (int64_t)(bench_seconds() * 1e6), 0);
    calls_made = client.answered + WARM_UP;
    rate = (double)client.answered * 1e6 / (double)(clock_us() - from_us);
    bus_socket_close(client.socket);
    bus_close(bus);
    arena_free(client.arena);
    arena_free(arena);
    return rate;
}

static double
cpu_us(const struct rusage *usage)
{
    return (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1e6 +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec);
}

/* The server runs in a child that is made before this process has a context of its own. */
static double
measure(const struct keys *keys, void (*serve)(const struct keys *, int), bool framed)
{
    struct rusage before;
    struct rusage after;
    struct rusage server;
    int ready[2];
    char byte;
    double rate;
    pid_t pid;

    CHECK(pipe(ready) == 0);
    pid = fork();
    CHECK(pid >= 0);
    if (pid == 0) {
        serve(keys, ready[1]);
        _exit(0);
    }
    close(ready[1]); /* a child that fails is an end of file */
    CHECK(read(ready[0], &byte, 1) == 1);
    getrusage(RUSAGE_SELF, &before);
    rate = measure_client(keys, framed);
    getrusage(RUSAGE_SELF, &after);
    kill(pid, SIGKILL);
    wait4(pid, NULL, 0, &server);
    fprintf(stderr, "rpc_echo: %s: processor per call: server %.2f us, client %.2f us; switches per call %.2f\n",
            framed ? "ours" : "bare", cpu_us(&server) / (double)calls_made,
            (cpu_us(&after) - cpu_us(&before)) / (double)calls_made, (double)(server.ru_nvcsw) / (double)calls_made);
    close(ready[0]);
    return rate;
}

static double
ours(void *context)
{
    return measure(context, serve_ours, true);
}

static double
limit(void *context)
{
    return measure(context, serve_bare, false);
}

int
main(void)
{
    struct keys keys = { .port = 18999 };
    const char *base = getenv("LIANGXIN_TEST_PORT_BASE");
    char public_key[2][BUS_KEY_SIZE];

    seal_init();
    log_open("bench", LOG_ERROR);
    for (int i = 0; i < 2; i++)
        CHECK(zmq_curve_keypair(public_key[i], keys.secret[i]) == 0);
    snprintf(keys.peers, sizeof keys.peers, "transfers %s\ngateway %s\n", public_key[0], public_key[1]);
    if (base)
        keys.port = (int)strtol(base, NULL, 10) + 90;
    bench_run(&(struct bench){ "rpc_echo", "calls/s", ours, limit, &keys });
    return 0;
}
