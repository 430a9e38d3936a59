/* SPDX-License-Identifier: Apache-2.0 */
/* What harness.c and service.c share. */
#ifndef LIANGXIN_TESTS_GATEWAY_HARNESS_PRIVATE_H
#define LIANGXIN_TESTS_GATEWAY_HARNESS_PRIVATE_H

#include <pthread.h>
#include <semaphore.h>

#include "gateway/server.h"
#include "harness.h"
#include "io/bus.h"

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
    pthread_t service_thread;
    int service_wake; /* eventfd: release, or stop */
    atomic_bool release;
    atomic_bool stop;
};

void service_start(struct rig *rig);
void service_stop(struct rig *rig);

#endif
