/* SPDX-License-Identifier: Apache-2.0 */
/* Events a second from the insert into the outbox to the committed effect: 100,000 events of 10,000 aggregates,
 * versions checked, one effect row and one cursor a batch; then the same with an effect row for every event. The clock
 * starts with the first insert. The limit is what the design asks for. */
#include <poll.h>
#include <stdio.h>

#include "base/check.h"
#include "bench.h"
#include "feed_rig.h"
#include "io/clock.h"

#define AGGREGATES 10000
#define VERSIONS   10 /* of each, one transaction each */
#define RATE       20000.0
#define TICK_MS    2
#define SILENCE_US 30000000 /* nothing moves: the run is broken */

#define SIXTEEN "repeat('61', 16)"

/* A MemberRecorded of usual size: three ids, a name, a standing, a status. */
static const char insert[] =
    "insert into outbox (aggregate, aggregate_id, version, type, payload, at)"
    " select 'member', ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, %d, 'MemberRecorded',"
    "        decode('0a10' || " SIXTEEN " || '1210' || " SIXTEEN " || '1a06e78e8be4ba94' || '220466756c6c'"
    "            || '2a06616374697665' || '3210' || " SIXTEEN ", 'hex'), timestamptz '2026-11-21 09:00+08'"
    "   from generate_series(%d, %d) n";

/* One run over aggregates that no run before has used; the head of the feed is then run * 100,000. */
static double
measure(struct feed_rig *rig, int run)
{
    int64_t until = (int64_t)run * AGGREGATES * VERSIONS;
    double before_us = feed_rig_processor_us(rig);
    int64_t from_us = clock_us();
    char sql[1024];

    for (int version = 1; version <= VERSIONS; version++) {
        snprintf(sql, sizeof sql, insert, version, (run - 1) * AGGREGATES + 1, run * AGGREGATES);
        test_pg_run(rig->pg, "organizations", sql);
        sequencer_wake(rig->sequencer);
    }
    while (feed_rig_position(rig) < until) {
        CHECK(clock_us() < SILENCE_US + (from_us > rig->committed_us ? from_us : rig->committed_us));
        poll(NULL, 0, TICK_MS);
    }
    CHECK(test_pg_number(rig->pg, "transfers", "select count(*) from parked") == 0);
    fprintf(stderr, "feed_effect: run %d: processor per event %.1f us\n", run,
            (feed_rig_processor_us(rig) - before_us) / (double)(AGGREGATES * VERSIONS));
    return (double)(AGGREGATES * VERSIONS) * 1e6 / (double)(atomic_load(&rig->committed_us) - from_us);
}

static void
report(const char *name, double rates[BENCH_PAIRS])
{
    double median = bench_median(rates, BENCH_PAIRS);

    printf("{\"bench\":\"%s\",\"ours\":%.0f,\"limit\":%.0f,\"ratio\":%.2f,\"unit\":\"events/s\"}\n", name, median, RATE,
           median / RATE);
    fflush(stdout);
}

int
main(void)
{
    struct feed_rig rig = { 0 };
    double rates[BENCH_PAIRS];
    int run = 0;

    feed_rig_open(&rig);
    for (int i = 0; i < BENCH_PAIRS; i++)
        rates[i] = measure(&rig, ++run);
    report("feed_effect", rates);
    rig.each = true;
    for (int i = 0; i < BENCH_PAIRS; i++)
        rates[i] = measure(&rig, ++run);
    report("feed_effect_each", rates);
    feed_rig_close(&rig);
    return 0;
}
