/* SPDX-License-Identifier: Apache-2.0 */
/* The table of calls in flight: hashed by request id, entries used again. Loop thread; owns the entries. */
#include <stdlib.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "gateway/upstream/upstream_private.h"
#include "base/banned.h"

/* The last bytes of an id are random. */
static size_t
bucket_of(const struct id *id)
{
    uint32_t hash;

    memcpy(&hash, id->bytes + ID_BYTES - sizeof hash, sizeof hash);
    return hash & (PENDING_BUCKETS - 1);
}

static struct upstream_pending *
pending_new(struct upstream *upstream)
{
    struct upstream_pending *pending = calloc(1, sizeof *pending);

    CHECK(pending != NULL);
    CHECK(uv_timer_init(upstream->loop, &pending->timer) == 0);
    pending->timer.data = pending;
    pending->upstream = upstream;
    pending->older = upstream->pending.newest;
    upstream->pending.newest = pending;
    return pending;
}

struct upstream_pending *
pending_take(struct upstream *upstream, const struct id *id)
{
    struct pending_table *table = &upstream->pending;
    struct upstream_pending *pending = table->free;
    struct upstream_pending **bucket = &table->bucket[bucket_of(id)];

    if (pending)
        table->free = pending->next;
    else
        pending = pending_new(upstream);
    pending->id = *id;
    pending->next = *bucket;
    *bucket = pending;
    metric_set(&meter_calls, NULL, (int64_t)++table->count);
    return pending;
}

struct upstream_pending *
pending_find(const struct pending_table *table, const struct id *id)
{
    struct upstream_pending *pending = table->bucket[bucket_of(id)];

    while (pending && !id_equal(&pending->id, id))
        pending = pending->next;
    return pending;
}

void
pending_give_back(struct upstream_pending *pending)
{
    struct pending_table *table = &pending->upstream->pending;
    struct upstream_pending **at = &table->bucket[bucket_of(&pending->id)];

    while (*at != pending)
        at = &(*at)->next;
    *at = pending->next;
    uv_timer_stop(&pending->timer);
    pending->call = NULL;
    pending->instance = NULL;
    pending->next = table->free;
    table->free = pending;
    metric_set(&meter_calls, NULL, (int64_t)--table->count);
}

void
pending_stop(struct pending_table *table)
{
    for (struct upstream_pending *pending = table->newest; pending; pending = pending->older)
        uv_close((uv_handle_t *)&pending->timer, NULL);
}

void
pending_free(struct pending_table *table)
{
    while (table->newest) {
        struct upstream_pending *pending = table->newest;

        table->newest = pending->older;
        free(pending);
    }
}
