/* SPDX-License-Identifier: Apache-2.0 */
/* A ring of changes. Pure; owns its slots. */
#include "gateway/streams/stream_ring.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/banned.h"

#define POSITION_DIGITS 18

void
stream_ring_init(struct stream_ring *ring, size_t size)
{
    *ring = (struct stream_ring){ .size = size };
}

void
stream_ring_done(struct stream_ring *ring)
{
    free(ring->slot);
    ring->slot = NULL;
    ring->open = false;
}

void
stream_ring_restart(struct stream_ring *ring, const struct stream_place *begin)
{
    if (!ring->slot)
        ring->slot = calloc(ring->size, sizeof *ring->slot);
    CHECK(ring->slot != NULL);
    ring->first = ring->count = 0;
    ring->epoch = begin->epoch;
    ring->begin = ring->head = begin->pos;
    ring->open = true;
}

void
stream_ring_put(struct stream_ring *ring, const struct stream_item *item)
{
    if (ring->count == ring->size) {
        ring->begin = ring->slot[ring->first].pos;
        ring->first = (ring->first + 1) % ring->size;
        ring->count--;
    }
    ring->slot[(ring->first + ring->count++) % ring->size] = *item;
    ring->head = item->pos;
}

void
stream_ring_advance(struct stream_ring *ring, int64_t head)
{
    if (head > ring->head)
        ring->head = head;
}

void
stream_ring_close(struct stream_ring *ring)
{
    ring->open = false;
}

bool
stream_ring_holds(const struct stream_ring *ring, const struct stream_place *place)
{
    return ring->open && id_equal(&ring->epoch, &place->epoch) && place->pos >= ring->begin && place->pos <= ring->head;
}

/* Positions rise, so the first one behind `pos` is found by halves. */
const struct stream_item *
stream_ring_next(const struct stream_ring *ring, int64_t pos)
{
    size_t low = 0;
    size_t high = ring->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ring->slot[(ring->first + middle) % ring->size].pos > pos)
            high = middle;
        else
            low = middle + 1;
    }
    return low < ring->count ? &ring->slot[(ring->first + low) % ring->size] : NULL;
}

bool
stream_item_is_for(const struct stream_item *item, const struct id *account, const struct id *organization)
{
    for (size_t i = 0; i < item->n_organizations; i++)
        if (id_equal(&item->organization[i], organization))
            return true;
    return !id_is_nil(&item->account) && id_equal(&item->account, account);
}

void
stream_place_format(const struct stream_place *place, char ret_text[STREAM_EVENT_ID_SIZE])
{
    char epoch[ID_SIZE];

    id_format(&place->epoch, epoch);
    snprintf(ret_text, STREAM_EVENT_ID_SIZE, "%s:%" PRId64, epoch, place->pos);
}

bool
stream_place_parse(struct slice text, struct stream_place *ret_place)
{
    int64_t pos = 0;

    if (text.size < ID_SIZE + 1 || text.size > ID_SIZE + POSITION_DIGITS || text.data[ID_SIZE - 1] != ':' ||
        !id_parse(slice_make(text.data, ID_SIZE - 1), &ret_place->epoch))
        return false;
    for (size_t i = ID_SIZE; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        pos = pos * 10 + (text.data[i] - '0');
    }
    ret_place->pos = pos;
    return true;
}
