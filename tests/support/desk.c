/* SPDX-License-Identifier: Apache-2.0 */
/* The test's thread owns the desk. */
#include "support/desk.h"

#include "support/cmocka_all.h"

#define ARENA_LIMIT ((size_t)16 * 1024 * 1024)

struct rpc_client *
test_desk_client(struct test_desk *desk, const char *service, struct bus *bus)
{
    int port = test_system_port(desk->system, service, "rpc");
    struct rpc_peer peer = { service, arena_printf(desk->arena, "127.0.0.1:%d", port) };

    return rpc_client_new(bus, &peer, 1);
}

struct test_desk *
test_desk_open(const char *service, const char *caller, const char *rows)
{
    struct test_desk *desk = calloc(1, sizeof *desk);

    assert_non_null(desk);
    desk->arena = arena_new(ARENA_LIMIT);
    desk->pg = test_pg_open();
    if (rows)
        test_pg_run(desk->pg, service, rows);
    desk->system = test_system_new(desk->pg);
    test_system_start(desk->system, service);
    desk->bus = test_bus(desk->arena, caller);
    desk->client = test_desk_client(desk, service, desk->bus);
    return desk;
}

void
test_desk_close(struct test_desk *desk)
{
    rpc_client_free(desk->client);
    bus_close(desk->bus);
    test_system_free(desk->system);
    test_pg_close(desk->pg);
    arena_free(desk->arena);
    free(desk);
}

struct id
test_id(int last)
{
    return (struct id){ { [6] = 0x70, [8] = 0x80, [15] = (uint8_t)last } };
}
