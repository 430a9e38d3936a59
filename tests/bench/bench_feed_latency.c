/* SPDX-License-Identifier: Apache-2.0 */
/* An idle feed: from the commit of one event at the producer to the committed effect at the follower, a thousand times,
 * one after the other with a pause between. Prints the median and the 99th percentile. */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include <liangxin/feed/v1/directory.pb-c.h>

#include "base/check.h"
#include "bench.h"
#include "events/outbox.h"
#include "feed_rig.h"
#include "io/clock.h"

#define EVENTS     1000
#define PAUSE_MS   3 /* so that every thread sleeps again */
#define SILENCE_US 10000000

static void
tell(struct feed_rig *rig, struct arena *arena, int n)
{
    Liangxin__Feed__V1__MemberRecorded fact = LIANGXIN__FEED__V1__MEMBER_RECORDED__INIT;
    struct id id = { { [14] = (uint8_t)(n >> 8), [15] = (uint8_t)n } };
    char name[] = "somebody";

    arena_reset(arena);
    fact.name = name;
    db_begin(rig->producer);
    outbox_append(rig->producer, arena,
                  &(struct outbox_event){
                      .aggregate = "member", .id = &id, .version = 1, .fact = &fact.base, .at = clock_now() });
    CHECK(!db_commit(rig->producer, arena));
}

static double
measure(struct feed_rig *rig, struct arena *arena, int n)
{
    int64_t told_us;

    atomic_store(&rig->committed_us, 0);
    tell(rig, arena, n);
    told_us = clock_us();
    sequencer_wake(rig->sequencer);
    while (atomic_load(&rig->committed_us) == 0) {
        CHECK(clock_us() - told_us < SILENCE_US);
        poll(NULL, 0, 1); /* asks seldom: what is measured needs the processors */
    }
    poll(NULL, 0, PAUSE_MS);
    return (double)(atomic_load(&rig->committed_us) - told_us) / 1000;
}

int
main(void)
{
    struct arena *arena = arena_new((size_t)1 << 20);
    struct feed_rig rig = { .each = true };
    double ms[EVENTS];

    feed_rig_open(&rig);
    for (int i = 0; i < 50; i++)
        (void)measure(&rig, arena, EVENTS + i); /* connections, plans, caches */
    for (int i = 0; i < EVENTS; i++)
        ms[i] = measure(&rig, arena, i);
    bench_sort(ms, EVENTS);
    printf("{\"bench\":\"feed_latency\",\"p50\":%.2f,\"p99\":%.2f,\"limit_p50\":5,\"limit_p99\":30,\"unit\":\"ms\"}\n",
           ms[EVENTS / 2], ms[EVENTS * 99 / 100]);
    feed_rig_close(&rig);
    arena_free(arena);
    return 0;
}
