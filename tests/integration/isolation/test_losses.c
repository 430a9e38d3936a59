/* SPDX-License-Identifier: Apache-2.0 */
/* A command whose COMMIT never reached the database: nobody was told it is done, nothing of it is there, and asked
 * again with its key it is done once. */
#include <poll.h>
#include <stdio.h>

#include "race.h"
#include "support/cmocka_all.h"

#define NOT_WITHIN_MS 500
#define TICK_MS       10

static bool
is_answered_soon(struct race_asking *asking)
{
    for (int waited = 0; waited < NOT_WITHIN_MS && !atomic_load(&asking->answered); waited += TICK_MS)
        poll(NULL, 0, TICK_MS);
    return atomic_load(&asking->answered);
}

static int64_t
count(struct race_world *world, const char *from, const char *letter)
{
    char sql[256];

    snprintf(sql, sizeof sql, "select count(*) from %s = '%s'", from, letter);
    return test_pg_number(world->pg, "transfers", sql);
}

static void
lose(struct race_world *world, const char *event, const char *after)
{
    char letter[64];
    long version = race_letter(world, after, letter);
    struct race_asking asking = race_command(world, event, letter, version);
    struct test_reply again;

    assert_int_not_equal(race_ask_held(&asking, (struct race_point){ NULL }), 0);
    assert_false(is_answered_soon(&asking));
    test_system_kill(world->system, "transfers");
    proxy_cut(world->proxy);
    pthread_join(asking.thread, NULL);
    assert_int_not_equal(asking.reply.status, 200);
    test_reply_done(&asking.reply);

    test_system_start(world->system, "transfers");
    assert_int_equal(count(world, "letter_history where letter_id", letter), version);
    assert_int_equal(count(world, "audit where object_id", letter), version);
    test_pg_await(world->pg, "transfers", "select count(*) from outbox", 0);
    assert_int_equal(count(world, "feed where aggregate_id", letter), version);

    again = api_post_key(&world->api, asking.token, asking.path, version, asking.body, asking.key);
    assert_int_equal(again.status, 200);
    test_reply_done(&again);
    test_pg_await(world->pg, "transfers", "select count(*) from outbox", 0);
    assert_int_equal(count(world, "feed where aggregate_id", letter), version + 1);
    race_check(world);
}

static void
a_lost_issue_leaves_no_number_and_no_news(void **state)
{
    lose(*state, "issue", "agree");
    assert_int_equal(test_pg_number(((struct race_world *)*state)->pg, "transfers", "select last from letter_counter"),
                     1);
}

static void
a_lost_assignment_moves_nobody(void **state)
{
    struct race_world *world = *state;

    lose(world, "assign", "receive");
    test_pg_await(world->pg, "organizations", "select count(*) from membership where letter_id is not null", 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lost_issue_leaves_no_number_and_no_news),
        cmocka_unit_test(a_lost_assignment_moves_nobody),
    };

    return cmocka_run_group_tests(tests, race_open, race_close);
}
