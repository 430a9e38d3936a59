/* SPDX-License-Identifier: Apache-2.0 */
/* The latest changes that open streams are told of, in the order of their positions: what a client that comes back may
 * have missed. Pure but for its one allocation. */
#ifndef LIANGXIN_GATEWAY_STREAM_RING_H
#define LIANGXIN_GATEWAY_STREAM_RING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/id.h"
#include "base/slice.h"

#define STREAM_KIND_SIZE     16 /* "messages" and NUL */
#define STREAM_ORGANIZATIONS 8
#define STREAM_EVENT_ID_SIZE 64 /* "<epoch>:<position>" and NUL */

struct stream_item {
    int64_t pos;
    char kind[STREAM_KIND_SIZE];
    struct id id;
    struct id organization[STREAM_ORGANIZATIONS]; /* who acts in one of these may see it */
    size_t n_organizations;
    struct id account; /* and this one; nil: none */
};

/* A place in one life of the stream. */
struct stream_place {
    struct id epoch;
    int64_t pos;
};

struct stream_ring {
    struct stream_item *slot; /* NULL until the first restart */
    size_t size;
    size_t first;
    size_t count;
    struct id epoch;
    int64_t begin; /* every item behind it, up to head, is here */
    int64_t head;
    bool open; /* follows a life of the stream */
};

void stream_ring_init(struct stream_ring *ring, size_t size);
void stream_ring_done(struct stream_ring *ring);
/* Empty, from here on. */
void stream_ring_restart(struct stream_ring *ring, const struct stream_place *begin);
/* The next item; the oldest goes when there is no room. */
void stream_ring_put(struct stream_ring *ring, const struct stream_item *item);
/* Nothing more lies between here and `head`. */
void stream_ring_advance(struct stream_ring *ring, int64_t head);
void stream_ring_close(struct stream_ring *ring);
/* True when nothing behind this place is missing here. */
bool stream_ring_holds(const struct stream_ring *ring, const struct stream_place *place);
/* The first item behind a position; NULL when there is none yet. */
const struct stream_item *stream_ring_next(const struct stream_ring *ring, int64_t pos);

/* Whether somebody who acts as this may see it. */
bool stream_item_is_for(const struct stream_item *item, const struct id *account, const struct id *organization);

/* A place as an event's id, and back; false for a text that is none. */
void stream_place_format(const struct stream_place *place, char ret_text[STREAM_EVENT_ID_SIZE]);
bool stream_place_parse(struct slice text, struct stream_place *ret_place);

#endif
