/* SPDX-License-Identifier: Apache-2.0 */
/* A clerk's day, many at once: each client takes one of its members after the other and brings a letter from draft to
 * its end, mostly by the main road, sometimes by every other one; now and then two clerks want different things of one
 * version. */
#ifndef LIANGXIN_CHAOS_CLIENT_H
#define LIANGXIN_CHAOS_CLIENT_H

#include <pthread.h>
#include <stdatomic.h>

#include "ask.h"

struct client {
    struct asker asker;
    struct city_member *members; /* his own */
    int n_members;
    atomic_bool *stop; /* after the letter in hand */
    pthread_t thread;
};

/* Starts it; the client must live until client_join. */
void client_start(struct client *client);
void client_join(struct client *client);

#endif
