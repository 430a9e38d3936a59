/* SPDX-License-Identifier: Apache-2.0 */
/* 转出市外: a member goes to an addressee that this city does not hold. The letter is issued on paper like any other;
 * the receipt that comes back ends it, and with it his membership here. */
#include <stdio.h>
#include <stdlib.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static long
issue(struct two_towns_world *world, char letter[64])
{
    const struct two_towns *towns = &world->towns;
    struct api *api = &world->api;
    char body[256];
    struct test_reply reply;
    long version;

    snprintf(body, sizeof body,
             "{\"member_id\":\"%s\",\"to_name\":\"中共外省某市某区委组织部\",\"reason\":\"residence_changed\"}",
             towns->member);
    test_pg_await(world->pg, "transfers", "select least(count(*), 3) from member", 3);
    reply = api_post(api, towns->east_secretary, "/transfers/outward", 0, body);
    assert_int_equal(reply.status, 201);
    assert_string_equal(test_reply_text(&reply, "kind"), "outward");
    assert_string_equal(test_reply_text(&reply, "to_committee_id"), "");
    snprintf(letter, 64, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    version = api_step(api, towns->east_secretary, letter, "submit", 1, "{}", "submitted");
    version =
        api_step(api, towns->east_secretary, letter, "agree", version, "{\"dues_paid_to\":\"2026-10\"}", "agreed");
    return api_step(api, towns->east_clerk, letter, "issue", version, "{}", "issued");
}

static void
the_receipt_from_outside_ends_the_letter_and_the_membership(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char letter[64];
    char path[128];
    char body[128];
    char *issued_on;
    struct test_reply reply;
    long version = issue(world, letter);

    issued_on = test_pg_text(world->pg, "transfers", "select issued_on from letter");
    snprintf(body, sizeof body, "{\"number\":\"外组〔2026〕7号\",\"received_on\":\"%s\"}", issued_on);
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter where number <> ''", 1);
    snprintf(path, sizeof path, "/transfers/%s/record_receipt", letter);
    reply = api_post(&world->api, towns->east_secretary, path, version, body);
    assert_int_equal(reply.status, 403); /* the committee's to record */
    test_reply_done(&reply);
    reply = api_post(&world->api, towns->west_clerk, path, version, body);
    assert_int_equal(reply.status, 404); /* no party of it */
    test_reply_done(&reply);
    version = api_step(&world->api, towns->east_clerk, letter, "record_receipt", version, body, "closed");

    snprintf(path, sizeof path, "/members/%s", towns->member);
    api_await(&world->api, towns->east_clerk, path, "status", "moved_out");
    api_await(&world->api, towns->east_clerk, path, "left_on", issued_on);
    test_pg_await(world->pg, "organizations", "select count(*) from open_letter", 0);
    test_pg_await(world->pg, "dues", "select count(*) from member where status = 'moved_out'", 1);
    test_pg_await(world->pg, "transfers",
                  "select count(*) from member where status = 'moved_out' and awaits_letter is null", 1);
    test_pg_await(world->pg, "notifications", "select count(*) from message where event = 'record_receipt'", 1);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from parked"), 0);
    free(issued_on);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_receipt_from_outside_ends_the_letter_and_the_membership),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
