/* SPDX-License-Identifier: Apache-2.0 */
/* A member moves between two branches of one committee: no letter, the committee confirms, organizations follows. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static void
the_committee_confirms_and_organizations_follows(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char body[256];
    char path[128];
    struct test_reply reply;

    test_pg_await(world->pg, "transfers", "select least(count(*), 3) from member", 3);
    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_branch_id\":\"%s\"}", towns->member, towns->east_second);
    reply = api_post(&world->api, towns->east_secretary, "/moves", 0, body);
    assert_int_equal(reply.status, 201);
    snprintf(path, sizeof path, "/moves/%s/confirm", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    /* while it is asked for, organizations holds the member */
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 1);

    reply = api_post(&world->api, towns->east_clerk, path, 1, "{}");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "state"), "moved");
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/members/%s", towns->member);
    api_await(&world->api, world->api.city, path, "organization_id", towns->east_second);
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 0);
    assert_int_equal(test_pg_number(world->pg, "transfers", "select count(*) from letter"), 0);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from parked"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_committee_confirms_and_organizations_follows),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
