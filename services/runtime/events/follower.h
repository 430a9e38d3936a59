/* SPDX-License-Identifier: Apache-2.0 */
/* Following another service: pull a page, hold versions against what was seen, apply, move the cursor, all in one
 * transaction, so that an effect happens exactly once. A gap or a failing event parks its aggregate (the feed goes on);
 * another epoch stops the follower until an operator confirms. */
#ifndef LIANGXIN_EVENTS_FOLLOWER_H
#define LIANGXIN_EVENTS_FOLLOWER_H

#include "base/date.h"
#include "base/id.h"
#include "io/bus.h"
#include "io/db.h"
#include "rpc/client.h"

/* One event as the applying function sees it. */
struct event {
    const char *source;
    const char *aggregate;
    struct id id; /* of the aggregate */
    int64_t version;
    const char *type;
    struct slice payload;
    instant_t at;
    int64_t pos;
};

struct follow {
    struct db *db; /* in the transaction that also moves the cursor */
    struct arena *arena;
    void *state; /* the service's */
    instant_t now;
};

/* What to do with one kind of event. Queue effects on follow->db; a status parks the aggregate. */
struct subscription {
    const char *source; /* service */
    const char *type;   /* "MemberRecorded" */
    const char *aggregate;
    const ProtobufCMessageDescriptor *fact;
    status_t (*apply)(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);
};

struct follower;

struct follower_setup {
    struct bus *bus;
    const char *dsn;
    const char *name;                         /* application name */
    const char *source;                       /* the service followed */
    const char *hosts;                        /* its rpc instances */
    const char *bells;                        /* its doorbells, "host:port[,host:port]" */
    const struct subscription *subscriptions; /* of all sources; ends with .source == NULL */
    void *state;
    /* Called after a batch that may have written events of our own. NULL: nobody cares. */
    void (*committed)(void *context);
    void *committed_context;
};

/* Starts the thread. `setup` is copied; what it points to must outlive the follower. */
status_t follower_start(struct arena *arena, const struct follower_setup *setup, struct follower **ret_follower);
/* Ends after the batch in hand. Accepts NULL. */
void follower_stop(struct follower *follower);
/* False while the source's epoch differs from the one followed. */
bool follower_healthy(const struct follower *follower);
void follower_metrics(void);

/* Applies the parked events of one aggregate in the caller's transaction (feed.c's retry). */
status_t follower_retry(struct follow *follow, const struct subscription *subscriptions, const char *source,
                        const struct id *aggregate, int64_t *ret_applied, int64_t *ret_left);

#endif
