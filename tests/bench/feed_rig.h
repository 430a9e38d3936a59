/* SPDX-License-Identifier: Apache-2.0 */
/* One feed from end to end in this process: the sequencer and the server of organizations, a follower of transfers, and
 * a real database under them. */
#ifndef LIANGXIN_BENCH_FEED_RIG_H
#define LIANGXIN_BENCH_FEED_RIG_H

#include <stdatomic.h>

#include "events/follower.h"
#include "events/sequencer.h"
#include "rpc/server.h"
#include "support/pg.h"

struct feed_rig {
    struct arena *arena;
    struct test_pg *pg;
    struct bus *source_bus;
    struct bus *bus;
    struct seal_key actor_public;
    struct rpc_server *server;
    struct sequencer *sequencer;
    struct follower *follower;
    struct db *producer;       /* connected as organizations */
    atomic_llong committed_us; /* when the follower last committed; monotonic */
    int64_t batch;             /* follower's thread: the last moment (follow.now) an effect was written for */
    bool each;                 /* an effect row for each event, not for each batch */
};

/* Starts all of it on an empty feed. */
void feed_rig_open(struct feed_rig *rig);
void feed_rig_close(struct feed_rig *rig);
/* Position of the follower's cursor. */
int64_t feed_rig_position(struct feed_rig *rig);
/* Processor time so far of this process and of its database's connections: other work on the machine does not blur it.
 */
double feed_rig_processor_us(struct feed_rig *rig);

#endif
