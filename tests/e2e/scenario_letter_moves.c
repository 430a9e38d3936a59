/* SPDX-License-Identifier: Apache-2.0 */
/* What goes with a member is shown to his letter's parties before he is accepted, and nothing else of his file; a
 * service that is away is unknown and holds nothing up. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static struct test_reply
moves_of(struct two_towns_world *world, const char *token, const char *letter)
{
    char path[128];

    snprintf(path, sizeof path, "/transfers/%s/moves", letter);
    return api_get(&world->api, token, path);
}

static json_t *
part(const struct test_reply *reply, const char *name, const char *field)
{
    json_t *value = json_object_get(json_object_get(reply->json, name), field);

    assert_non_null(value);
    return value;
}

static void
expect_no_file(struct two_towns_world *world, const char *token)
{
    static const struct {
        const char *before;
        const char *after;
    } paths[] = { { "/members/", "" }, { "/dues/members/", "/base" }, { "/training/members/", "/plan" } };

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct test_reply reply;
        char path[128];

        snprintf(path, sizeof path, "%s%s%s", paths[i].before, world->towns.member, paths[i].after);
        reply = api_get(&world->api, token, path);
        assert_int_equal(reply.status, 404);
        test_reply_done(&reply);
    }
}

static void
expect_moves(struct two_towns_world *world, const char *letter, bool training_known)
{
    struct test_reply reply = moves_of(world, world->towns.west_clerk, letter);

    assert_int_equal(reply.status, 200);
    assert_true(json_boolean_value(part(&reply, "dues", "known")));
    assert_string_equal(json_string_value(part(&reply, "dues", "paid_to")), "2026-10");
    assert_true(json_integer_value(part(&reply, "dues", "monthly_fen")) > 0);
    assert_int_equal(json_integer_value(part(&reply, "dues", "arrears_fen")),
                     json_integer_value(part(&reply, "dues", "monthly_fen")) *
                         json_integer_value(part(&reply, "dues", "months_behind")));
    assert_int_equal(json_boolean_value(part(&reply, "training", "known")), training_known);
    /* the ledger has him as his branch's secretary (书记): 56 hours */
    assert_int_equal(json_integer_value(part(&reply, "training", "required_tenths")), training_known ? 560 : 0);
    assert_int_equal(json_string_length(part(&reply, "training", "as_of")) > 0, training_known);
    assert_true(json_boolean_value(part(&reply, "papers", "known")));
    assert_int_equal(json_integer_value(part(&reply, "papers", "papers")), 0);
    test_reply_done(&reply);
}

static void
parties_see_what_goes_with_him_and_not_his_file(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char letter[64];
    char body[128];
    struct test_reply reply;
    long version = two_towns_agreed(&world->api, towns, letter);

    version = api_step(&world->api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    test_pg_await(world->pg, "dues", "select count(*) from member join base on member_id = id", 3);
    test_pg_await(world->pg, "training", "select least(count(*), 3) from member", 3);
    expect_moves(world, letter, true);
    expect_no_file(world, towns->west_clerk);
    reply = moves_of(world, towns->west_secretary, letter); /* no party yet */
    assert_int_equal(reply.status, 404);
    test_reply_done(&reply);

    test_system_kill(world->system, "training");
    expect_moves(world, letter, false);
    test_system_start(world->system, "training");

    version = api_step(&world->api, towns->west_clerk, letter, "receive", version, "{}", "received");
    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    api_step(&world->api, towns->west_clerk, letter, "assign", version, body, "accepted");
    reply = moves_of(world, towns->west_clerk, letter);
    assert_int_equal(reply.status, 422);
    assert_string_equal(test_reply_text(&reply, "code"), "state-forbids");
    test_reply_done(&reply);
    snprintf(body, sizeof body, "/members/%s", towns->member);
    api_await(&world->api, towns->west_clerk, body, "organization_id", towns->west_branch);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parties_see_what_goes_with_him_and_not_his_file),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
