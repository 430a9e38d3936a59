/* SPDX-License-Identifier: Apache-2.0 */
/* What harness.c and service.c share. */
#ifndef LIANGXIN_TESTS_GATEWAY_HARNESS_PRIVATE_H
#define LIANGXIN_TESTS_GATEWAY_HARNESS_PRIVATE_H

#include <pthread.h>
#include <semaphore.h>

#include "gateway/connections/server.h"
#include "harness.h"
#include "io/bus.h"
#include "rpc/envelope.h"

#define INSTANCES 2

struct rig {
    struct harness harness; /* first: the test sees this part */
    struct arena *arena;
    struct bus *bus;
    char hosts[128];
    uv_loop_t loop;
    struct server server;
    pthread_t gateway_thread;
    uv_async_t hold;
    atomic_bool held; /* the loop stands still in on_hold */
    sem_t go_on;
    int drain;
    bool drained;
    void *router[INSTANCES];
    void *bell;
    char bell_host[64];
    int rung; /* items published when the bell last rang; the service's thread's */
    pthread_t service_thread;
    int service_wake; /* eventfd: release, or stop */
    atomic_bool release;
    atomic_bool stop;
};

/* One request being answered. */
struct work {
    struct rig *rig;
    void *router;
    struct arena *arena;
    struct slice identity;
    struct rpc_request request;
    struct slice body;
};

void service_answer(const struct work *work, status_t st, const ProtobufCMessage *message);
/* Keeps the request until service_release, which answers it with a Thing. */
void service_keep(const struct work *work);
/* service_file.c */
void service_put_file(const struct work *work, const ProtobufCMessage *message);
void service_get_file(const struct work *work, const ProtobufCMessage *message);
/* service_stream.c: a watcher's log-in; false when the bearer is no watcher's. */
bool service_exchange_watcher(const struct work *work, const char *bearer);
/* ReadStream, as notifications answers it. */
extern const struct rpc_method service_read_stream;
void service_answer_stream(const struct work *work, const ProtobufCMessage *message);

void service_start(struct rig *rig);
void service_stop(struct rig *rig);

#endif
