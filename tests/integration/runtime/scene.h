/* SPDX-License-Identifier: Apache-2.0 */
/* What the integration tests of the runtime share: ports, waiting with an end, a table to change, a cut made at the
 * right moment. */
#ifndef LIANGXIN_TESTS_SCENE_H
#define LIANGXIN_TESTS_SCENE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "support/pg.h"
#include "support/proxy.h"

#define SCENE_MS 10000 /* nothing may take longer */

/* A TCP port of 127.0.0.1 that was free a moment ago. */
int scene_port(void);
/* Asks until `query` gives `expected`; fails the test after SCENE_MS with what it gave last. */
void scene_await_number(struct test_pg *pg, const char *schema, const char *query, int64_t expected);
/* Asks until `holds` is true; fails the test after SCENE_MS. */
void scene_await(bool (*holds)(void *), void *context, const char *what);
/* The table things (word text, a number that may not be negative) in a service's schema. */
void scene_things(struct test_pg *pg, const char *service);

/* A thread that cuts all connections as soon as the proxy holds a COMMIT or its answer. */
struct scene_cut {
    pthread_t thread;
    struct proxy *proxy;
    bool held;
};

void scene_cut_start(struct scene_cut *cut, struct proxy *proxy, enum proxy_mode mode);
/* Waits for the cut; fails the test when nothing was held. */
void scene_cut_finish(struct scene_cut *cut);

#endif
