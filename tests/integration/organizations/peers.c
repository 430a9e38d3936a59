/* SPDX-License-Identifier: Apache-2.0 */
/* Four servers in the test's process, each with the key of the service it stands for. */
#include "peers.h"

#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/training/v1/training.facts.h>
#include <liangxin/transfers/v1/transfers.facts.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "rpc/server.h"
#include "support/keys.h"

#define PEERS 4

struct test_peers {
    struct desk *desk;
    struct bus *own;
    struct bus *bus[PEERS];
    struct rpc_server *server[PEERS];
};

static _Atomic uint32_t waiting_now;
static _Atomic uint32_t under_way_now;

static status_t
count_work(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    WorkCounts *counts = (WorkCounts *)out;

    (void)in;
    assert_string_equal(call->caller, "organizations");
    assert_non_null(call->actor);
    counts->waiting = atomic_load(&waiting_now);
    counts->under_way = atomic_load(&under_way_now);
    return OK;
}

static const struct {
    const char *service;
    struct rpc_endpoint methods[2];
} offered[PEERS] = {
    { "transfers", { { &transfers_count_work, count_work, NULL }, { 0 } } },
    { "dues", { { &dues_count_work, count_work, NULL }, { 0 } } },
    { "training", { { &training_count_work, count_work, NULL }, { 0 } } },
    { "notifications", { { &notifications_count_work, count_work, NULL }, { 0 } } },
};

/* One that nobody has now. */
static int
free_port(void)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    close(fd);
    return ntohs(address.sin_port);
}

struct test_peers *
test_peers_open(struct desk *desk)
{
    struct test_peers *peers = arena_alloc(desk->arena, sizeof *peers);
    struct seal_key public_key = test_actor_public(desk->arena);
    const char *dsn = test_pg_dsn(desk->pg, "organizations");
    struct rpc_peer known[PEERS];

    *peers = (struct test_peers){ .desk = desk, .own = test_bus(desk->arena, "organizations") };
    for (size_t i = 0; i < PEERS; i++) {
        int port = free_port();
        struct rpc_server_setup setup = { .bind = arena_printf(desk->arena, "tcp://127.0.0.1:%d", port),
                                          .name = offered[i].service,
                                          .endpoints = offered[i].methods,
                                          .dsn = dsn,
                                          .workers = 1,
                                          .queue_limit = 8 };

        setup.bus = peers->bus[i] = test_bus(desk->arena, offered[i].service);
        setup.actor_public = arena_copy(desk->arena, &public_key, sizeof public_key);
        assert_null(rpc_server_start(desk->arena, &setup, &peers->server[i]));
        known[i] = (struct rpc_peer){ offered[i].service, arena_printf(desk->arena, "127.0.0.1:%d", port) };
    }
    desk->client = rpc_client_new(peers->own, known, PEERS);
    test_peers_count(0, 0);
    return peers;
}

void
test_peers_stop(struct test_peers *peers, const char *service)
{
    for (size_t i = 0; i < PEERS; i++)
        if (peers->server[i] && strcmp(offered[i].service, service) == 0) {
            rpc_server_stop(peers->server[i], 1000);
            bus_close(peers->bus[i]);
            peers->server[i] = NULL;
        }
}

void
test_peers_close(struct test_peers *peers)
{
    rpc_client_free(peers->desk->client);
    peers->desk->client = NULL;
    for (size_t i = 0; i < PEERS; i++)
        test_peers_stop(peers, offered[i].service);
    bus_close(peers->own);
}

void
test_peers_count(uint32_t waiting, uint32_t under_way)
{
    atomic_store(&waiting_now, waiting);
    atomic_store(&under_way_now, under_way);
}
