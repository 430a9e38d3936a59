/* SPDX-License-Identifier: Apache-2.0 */
/* Gives committed events their position in the feed: batches of the outbox, moved under a transaction-level advisory
 * lock, so that any instance may do it, a killed one leaves no gap, and no position becomes visible after a higher one.
 * (The order of ids is not the order of commits, and a reader that remembers "the last id" loses events; that is why
 * positions are given after commit, by one at a time.) A PUB message afterwards is only a doorbell. */
#ifndef LIANGXIN_EVENTS_SEQUENCER_H
#define LIANGXIN_EVENTS_SEQUENCER_H

#include "io/bus.h"
#include "io/db.h"

struct sequencer;

struct sequencer_setup {
    struct bus *bus;
    const char *dsn;
    const char *name;      /* application name */
    const char *bell_bind; /* "tcp://host:port" of the doorbell */
};

status_t sequencer_start(struct arena *arena, const struct sequencer_setup *setup, struct sequencer **ret_sequencer);
/* There may be work: called from any thread after a commit. */
void sequencer_wake(void *sequencer);
/* Moves what is committed, then ends the thread. Accepts NULL. */
void sequencer_stop(struct sequencer *sequencer);
void sequencer_metrics(void);

/* One batch on a connection of the caller's: how many events were moved. What the thread does; here for tests. */
status_t sequencer_move(struct db *db, struct arena *arena, int64_t *ret_moved);

#endif
