/* SPDX-License-Identifier: Apache-2.0 */
/* A member moves from one committee to another by a numbered letter, through HTTP and real processes. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static void
the_main_road_moves_the_member_once(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    struct api *api = &world->api;
    char letter[64];
    char body[128];
    char path[128];
    long version = two_towns_agreed(api, towns, letter);
    struct test_reply reply;

    version = api_step(api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    snprintf(path, sizeof path, "/transfers/%s", letter);
    reply = api_get(api, towns->west_clerk, path);
    assert_string_equal(test_reply_text(&reply, "number"), "2026-000001");
    test_reply_done(&reply);

    version = api_step(api, towns->west_clerk, letter, "receive", version, "{}", "received");
    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    version = api_step(api, towns->west_clerk, letter, "assign", version, body, "accepted");

    snprintf(path, sizeof path, "/members/%s", towns->member);
    api_await(api, api->city, path, "organization_id", towns->west_branch);
    version = api_step(api, towns->west_secretary, letter, "report", version, "{}", "reported");
    version = api_step(api, towns->west_clerk, letter, "send_receipt", version, "{}", "receipted");
    api_step(api, towns->east_clerk, letter, "match_stub", version, "{}", "closed");

    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from membership"), 4);
    snprintf(path, sizeof path, "/transfers/%s/timeline", letter);
    reply = api_get(api, api->city, path);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 9);
    test_reply_done(&reply);
}

static void
the_old_branch_no_longer_sees_the_member(void **state)
{
    struct two_towns_world *world = *state;
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/members/%s", world->towns.member);
    reply = api_get(&world->api, world->towns.east_secretary, path);
    assert_int_equal(reply.status, 404);
    assert_string_equal(test_reply_text(&reply, "code"), "not-found");
    test_reply_done(&reply);
    reply = api_get(&world->api, world->towns.west_secretary, path);
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(test_reply_text(&reply, "identity_number"), "********"));
    test_reply_done(&reply);
}

static void
the_next_actor_has_one_message_for_each_step(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;

    /* eight steps have a next actor; the last one closes the letter */
    test_pg_await(world->pg, "notifications", "select count(*) from message where purpose = 'step'", 8);
    assert_int_equal(test_pg_number(world->pg, "notifications", "select count(distinct version) from message"), 8);
    reply = api_get(&world->api, world->towns.west_clerk, "/messages");
    assert_int_equal(reply.status, 200);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 3);
    test_reply_done(&reply);
}

static void
every_change_has_its_audit_row(void **state)
{
    struct two_towns_world *world = *state;
    int64_t steps = test_pg_number(world->pg, "transfers", "select count(*) from letter_history");

    assert_int_equal(steps, 9);
    assert_int_equal(test_pg_number(world->pg, "transfers",
                                    "select count(*) from audit where object = 'letter' and account_id is not null"),
                     steps);
}

static void
a_stale_version_and_a_stranger_change_nothing(void **state)
{
    struct two_towns_world *world = *state;
    char path[128];
    char body[256];
    char member[64];
    struct test_reply reply;

    api_member(&world->api, world->towns.west_branch, member);
    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"other\"}", member,
             world->towns.east);
    reply = api_post(&world->api, world->towns.east_secretary, "/transfers", 0, body);
    assert_int_equal(reply.status, 404); /* not a member of theirs */
    test_reply_done(&reply);
    reply = api_post(&world->api, world->towns.west_secretary, "/transfers", 0, body);
    assert_int_equal(reply.status, 201);
    snprintf(path, sizeof path, "/transfers/%s/submit", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    reply = api_post(&world->api, world->towns.west_secretary, path, 99, "{}");
    assert_int_equal(reply.status, 412);
    test_reply_done(&reply);
    reply = api_post(&world->api, world->towns.west_secretary, path, 0, "{}");
    assert_int_equal(reply.status, 428);
    test_reply_done(&reply);
    reply = api_post(&world->api, world->towns.east_secretary, path, 1, "{}");
    assert_int_equal(reply.status, 404);
    test_reply_done(&reply);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_main_road_moves_the_member_once),
        cmocka_unit_test(the_old_branch_no_longer_sees_the_member),
        cmocka_unit_test(the_next_actor_has_one_message_for_each_step),
        cmocka_unit_test(every_change_has_its_audit_row),
        cmocka_unit_test(a_stale_version_and_a_stranger_change_nothing),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
