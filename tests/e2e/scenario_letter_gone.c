/* SPDX-License-Identifier: Apache-2.0 */
/* A member leaves while a letter of his is open: nothing but death is recorded, and death voids the letter. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static void
death_voids_the_letter_and_nothing_else_is_recorded_before(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char letter[64];
    char path[128];
    struct test_reply reply;

    two_towns_agreed(&world->api, towns, letter);
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 1);
    snprintf(path, sizeof path, "/members/%s/leave", towns->member);
    reply = api_post(&world->api, towns->east_clerk, path, 1,
                     "{\"status\":\"removed\",\"on\":\"2026-01-05\",\"note\":\"除名决定\"}");
    assert_int_equal(reply.status, 422);
    assert_string_equal(test_reply_text(&reply, "code"), "letter-open");
    test_reply_done(&reply);
    reply = api_post(&world->api, towns->east_secretary, path, 1,
                     "{\"status\":\"deceased\",\"on\":\"2026-01-05\",\"note\":\"病故\"}");
    assert_int_equal(reply.status, 403); /* the committee's to record */
    test_reply_done(&reply);

    reply = api_post(&world->api, towns->east_clerk, path, 1,
                     "{\"status\":\"deceased\",\"on\":\"2026-01-05\",\"note\":\"病故\"}");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "status"), "deceased");
    assert_string_equal(test_reply_text(&reply, "left_on"), "2026-01-05");
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/transfers/%s", letter);
    api_await(&world->api, towns->east_clerk, path, "state", "voided");
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 0);
    assert_int_equal(test_pg_number(world->pg, "organizations",
                                    "select count(*) from membership m join member p"
                                    " on p.id = m.member_id where p.status <> 'active'"
                                    " and m.until is null"),
                     0);
    assert_int_equal(test_pg_number(world->pg, "organizations",
                                    "select count(*) from member_status_history where status = 'deceased'"),
                     1);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from parked"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(death_voids_the_letter_and_nothing_else_is_recorded_before),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
