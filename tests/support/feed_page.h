/* SPDX-License-Identifier: Apache-2.0 */
/* A follower without its thread: a service's database and its subscriptions, fed page by page by the test, as if
 * another service had told it. */
#ifndef LIANGXIN_TESTS_FEED_PAGE_H
#define LIANGXIN_TESTS_FEED_PAGE_H

#include "events/batch.h"
#include "support/pg.h"

#define TEST_FEED_PAGE 16

struct test_feed {
    struct arena *arena;
    struct test_pg *pg;
    struct db *db;
    const char *source;
    const struct subscription *subscriptions;
    struct event page[TEST_FEED_PAGE];
    size_t count; /* events added since the last page */
    int64_t pos;  /* of the last event added; a test may set it back */
};

/* `service` follows `source` by these subscriptions, on a database of its own. */
struct test_feed *test_feed_open(const char *service, const char *source, const struct subscription *subscriptions);
void test_feed_close(struct test_feed *feed);
/* Adds an event at the next position. */
void test_feed_add(struct test_feed *feed, const char *aggregate, const struct id *id, int64_t version,
                   const ProtobufCMessage *fact);
/* Applies what was added as one page after `after`, and begins the next. */
enum batch_outcome test_feed_apply(struct test_feed *feed, int64_t after);

#endif
