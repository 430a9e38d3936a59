/* SPDX-License-Identifier: Apache-2.0 */
/* One service as a real process on a database of its own, and somebody who calls it. */
#ifndef LIANGXIN_TESTS_DESK_H
#define LIANGXIN_TESTS_DESK_H

#include "rpc/client.h"
#include "support/keys.h"
#include "support/system.h"

struct test_desk {
    struct arena *arena;
    struct test_pg *pg;
    struct test_system *system;
    struct bus *bus;
    struct rpc_client *client;
};

/* Starts `service` and a client as `caller` ("gateway", "organizations"). `rows`: SQL run in the service's schema
 * before it starts, or NULL. */
struct test_desk *test_desk_open(const char *service, const char *caller, const char *rows);
void test_desk_close(struct test_desk *desk);
/* Another caller at the same service; free both. */
struct rpc_client *test_desk_client(struct test_desk *desk, const char *service, struct bus *bus);

/* 00000000-0000-7000-8000-0000000000<last>: ids that SQL can say too. */
struct id test_id(int last);

#endif
