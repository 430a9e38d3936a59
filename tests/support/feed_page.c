/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of a feed, made by hand. The test's thread. */
#include "support/feed_page.h"

#include <stdlib.h>

#include "io/clock.h"
#include "rpc/codec.h"
#include "support/cmocka_all.h"

#define ARENA_SIZE ((size_t)16 * 1024 * 1024)
#define WAIT_MS    20000

struct test_feed *
test_feed_open(const char *service, const char *source, const struct subscription *subscriptions)
{
    struct test_feed *feed = calloc(1, sizeof *feed);

    assert_non_null(feed);
    feed->arena = arena_new(ARENA_SIZE);
    feed->pg = test_pg_open();
    feed->source = source;
    feed->subscriptions = subscriptions;
    feed->db = db_new(test_pg_dsn(feed->pg, service), "test");
    db_deadline(feed->db, clock_ms() + WAIT_MS);
    assert_null(db_ready(feed->arena, feed->db));
    return feed;
}

void
test_feed_close(struct test_feed *feed)
{
    db_free(feed->db);
    test_pg_close(feed->pg);
    arena_free(feed->arena);
    free(feed);
}

void
test_feed_add(struct test_feed *feed, const char *aggregate, const struct id *id, int64_t version,
              const ProtobufCMessage *fact)
{
    assert_true(feed->count < TEST_FEED_PAGE);
    feed->page[feed->count++] = (struct event){
        .source = feed->source,
        .aggregate = aggregate,
        .id = *id,
        .version = version,
        .type = fact->descriptor->short_name,
        .payload = codec_pack(feed->arena, fact),
        .at = clock_now(),
        .pos = ++feed->pos,
    };
}

enum batch_outcome
test_feed_apply(struct test_feed *feed, int64_t after)
{
    struct follow follow = { .db = feed->db, .arena = feed->arena, .now = clock_now() };
    struct batch batch = {
        .source = feed->source,
        .subscriptions = feed->subscriptions,
        .epoch = { { 1 } },
        .after = after,
        .next = feed->pos,
        .events = feed->page,
        .count = feed->count,
    };
    const struct event *failed;
    struct id epoch;
    status_t st = OK;
    int64_t at;

    assert_null(batch_cursor(&follow, batch.source, &batch.epoch, &epoch, &at));
    feed->count = 0;
    return batch_apply(&follow, &batch, &at, &failed, &st);
}
