/* SPDX-License-Identifier: Apache-2.0 */
/* 更正: a finished transfer was a mistake. Two accounts above both committees approve, and the member is back. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static long
finish(struct api *api, const struct two_towns *towns, char letter[64])
{
    char body[128];
    long version = two_towns_agreed(api, towns, letter);

    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    version = api_step(api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    version = api_step(api, towns->west_clerk, letter, "receive", version, "{}", "received");
    version = api_step(api, towns->west_clerk, letter, "assign", version, body, "accepted");
    version = api_step(api, towns->west_secretary, letter, "report", version, "{}", "reported");
    version = api_step(api, towns->west_clerk, letter, "send_receipt", version, "{}", "receipted");
    return api_step(api, towns->east_clerk, letter, "match_stub", version, "{}", "closed");
}

static void
two_accounts_bring_the_member_back(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char second[256];
    char letter[64];
    char correction[64];
    char path[128];
    char *city;
    struct test_reply reply;
    long version = finish(&world->api, towns, letter);

    snprintf(path, sizeof path, "/members/%s", towns->member);
    api_await(&world->api, world->api.city, path, "organization_id", towns->west_branch);
    snprintf(path, sizeof path, "/transfers/%s/undo", letter);
    reply = api_post(&world->api, towns->east_clerk, path, version, "{\"note\":\"误转\"}");
    assert_int_equal(reply.status, 201);
    snprintf(correction, sizeof correction, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);

    version = api_step(&world->api, world->api.city, correction, "approve", 1, "{}", "up_review");
    snprintf(path, sizeof path, "/transfers/%s/approve", correction);
    reply = api_post(&world->api, world->api.city, path, version, "{}");
    assert_int_equal(reply.status, 422);
    assert_string_equal(test_reply_text(&reply, "code"), "same-approver");
    test_reply_done(&reply);
    city = test_pg_text(world->pg, "transfers", "select id from organization where superior_id is null");
    api_account(&world->api, "deputy", "city_clerk", city, second);
    free(city);
    api_step(&world->api, second, correction, "approve", version, "{}", "closed");

    snprintf(path, sizeof path, "/members/%s", towns->member);
    api_await(&world->api, world->api.city, path, "organization_id", towns->east_branch);
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 0);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from parked"), 0);
    assert_int_equal(
        test_pg_number(world->pg, "organizations", "select count(*) from membership where letter_id is not null"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_accounts_bring_the_member_back),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
