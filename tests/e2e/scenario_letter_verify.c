/* SPDX-License-Identifier: Apache-2.0 */
/* Whoever is shown a letter asks whether it is good, without a log-in; whoever tries codes is stopped. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

#define GUESSES_MOST 80 /* above LIANGXIN_RATE_GUESS */

static struct test_reply
verify(struct two_towns_world *world, const char *code)
{
    char path[128];

    snprintf(path, sizeof path, "/verify/%s", code);
    return api_get(&world->api, NULL, path);
}

static void
expect_state(struct two_towns_world *world, const char *code, const char *state)
{
    struct test_reply reply = verify(world, code);

    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "state"), state);
    assert_string_equal(test_reply_text(&reply, "member_name"), "莫**");
    assert_string_equal(test_reply_text(&reply, "from_committee_name"), "东镇综合党委");
    assert_string_equal(test_reply_text(&reply, "to_committee_name"), "西镇综合党委");
    assert_string_equal(test_reply_header(&reply, "Cache-Control"), "no-store");
    assert_int_equal(json_object_size(reply.json), 8); /* and nothing else */
    test_reply_done(&reply);
}

static void
a_letter_is_verified_by_its_code_and_void_at_once(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char letter[64];
    char path[128];
    char code[64];
    struct test_reply reply;
    long version = two_towns_agreed(&world->api, towns, letter);

    version = api_step(&world->api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    snprintf(path, sizeof path, "/transfers/%s", letter);
    reply = api_get(&world->api, towns->west_clerk, path);
    snprintf(code, sizeof code, "%s", test_reply_text(&reply, "check_code"));
    assert_int_equal(strlen(code), 16);
    test_reply_done(&reply);

    expect_state(world, code, "valid");
    api_step(&world->api, world->api.city, letter, "void", version, "{\"note\":\"误开\"}", "voided");
    expect_state(world, code, "void");
}

/* A code with a slip of the pen and one that is no letter's are answered alike. */
static void
whoever_tries_codes_is_told_nothing_and_stopped(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply slip = verify(world, "0000-0000-0000-1");
    struct test_reply none = verify(world, "0000-0000-0000-0");
    int asked = 2;

    assert_int_equal(slip.status, 404);
    assert_int_equal(none.status, 404);
    json_object_del(slip.json, "instance");
    json_object_del(none.json, "instance");
    assert_true(json_equal(slip.json, none.json));
    test_reply_done(&slip);
    while (none.status == 404 && asked++ < GUESSES_MOST) {
        test_reply_done(&none);
        none = verify(world, "0000-0000-0000-0");
    }
    assert_int_equal(none.status, 429);
    assert_string_not_equal(test_reply_header(&none, "Retry-After"), "");
    test_reply_done(&none);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_is_verified_by_its_code_and_void_at_once),
        cmocka_unit_test(whoever_tries_codes_is_told_nothing_and_stopped),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
