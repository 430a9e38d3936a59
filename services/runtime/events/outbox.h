/* SPDX-License-Identifier: Apache-2.0 */
/* Telling the other services what happened. An event is written in the transaction of its effect; the sequencer moves
 * it to the feed once it is committed. Every change of an aggregate is exactly one event and raises its version by one.
 */
#ifndef LIANGXIN_EVENTS_OUTBOX_H
#define LIANGXIN_EVENTS_OUTBOX_H

#include <protobuf-c/protobuf-c.h>

#include "base/date.h"
#include "io/db.h"

struct outbox_event {
    const char *aggregate;        /* kind of thing, "member" */
    const struct id *id;          /* of the aggregate */
    int64_t version;              /* the aggregate's new version, taken under its row lock */
    const ProtobufCMessage *fact; /* its short message name is the event's type */
    instant_t at;
};

/* Adds the event to the connection's transaction; all of a transaction travel as one statement, in their order. The
 * payload is packed in `arena`. */
void outbox_append(struct db *db, struct arena *arena, const struct outbox_event *event);

#endif
