/* SPDX-License-Identifier: Apache-2.0 */
/* A page of events and what becomes of each: the part of a follower that touches the database. */
#ifndef LIANGXIN_EVENTS_BATCH_H
#define LIANGXIN_EVENTS_BATCH_H

#include "events/follower.h"

struct batch {
    const char *source;
    const struct subscription *subscriptions;
    struct id epoch;      /* of the feed the page came from */
    int64_t after;        /* cursor at which the page was asked for */
    int64_t next;         /* cursor after it */
    struct event *events; /* in the order of the feed */
    size_t count;
    int64_t park_pos; /* apply no event at this position but park it, for park_problem; 0: none */
    const char *park_problem;
};

enum batch_outcome {
    BATCH_DONE,  /* effects and cursor are committed */
    BATCH_MOVED, /* the cursor stands elsewhere: another instance was here; ask again from *ret_at */
    BATCH_FAILED /* rolled back; *ret_event is the one that failed, or NULL when none in particular did */
};

/* The cursor of `source` and the epoch it belongs to; makes it at position 0 of `epoch` when there is none. */
status_t
batch_cursor(struct follow *follow, const char *source, const struct id *epoch, struct id *ret_epoch, int64_t *ret_pos);
/* Applies the page in one transaction. `ret_status` tells why BATCH_FAILED. */
enum batch_outcome batch_apply(struct follow *follow, const struct batch *batch, int64_t *ret_at,
                               const struct event **ret_event, status_t *ret_status);
/* Applies one event by its subscription; no subscription: nothing to do. */
status_t batch_apply_event(struct follow *follow, const struct subscription *subscriptions, const struct event *event);

#endif
