/* SPDX-License-Identifier: Apache-2.0 */
/* Processes killed at the worst moments: after COMMIT and before the answer, between effect and cursor. The moments are
 * made from outside, by a PostgreSQL proxy that holds what travels. */
#include <pthread.h>
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"
#include "support/proxy.h"

#define HELD_MS 10000

struct world {
    struct test_pg *pg;
    struct test_system *system;
    struct proxy *transfers;
    struct proxy *organizations;
    struct api api;
    struct two_towns towns;
};

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    world->pg = test_pg_open();
    world->system = test_system_new(world->pg);
    world->transfers = proxy_open(test_pg_socket(world->pg));
    world->organizations = proxy_open(test_pg_socket(world->pg));
    test_system_dsn(world->system, "transfers", test_pg_dsn_by(world->pg, "transfers", proxy_port(world->transfers)));
    api_open(&world->api, world->system);
    test_system_dsn(world->system, "organizations",
                    test_pg_dsn_by(world->pg, "organizations", proxy_port(world->organizations)));
    test_system_start_all(world->system);
    two_towns_load(&world->api, &world->towns);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    test_system_free(world->system);
    proxy_close(world->transfers);
    proxy_close(world->organizations);
    test_pg_close(world->pg);
    free(world);
    return 0;
}

struct asking {
    struct world *world;
    const char *token;
    char path[128];
    char body[128];
    long version;
    struct test_reply reply;
};

static void *
ask(void *argument)
{
    struct asking *asking = argument;

    asking->reply =
        api_post_key(&asking->world->api, asking->token, asking->path, asking->version, asking->body, "the-one-key");
    return NULL;
}

/* The service dies after its COMMIT is done and before anybody hears of it; the clerk asks again with the same key. */
static void
an_issue_killed_after_commit_is_answered_alike(void **state)
{
    struct world *world = *state;
    struct asking asking = { .world = world, .token = world->towns.east_clerk, .body = "{}" };
    struct test_reply again;
    pthread_t thread;
    char letter[64];

    asking.version = two_towns_agreed(&world->api, &world->towns, letter);
    snprintf(asking.path, sizeof asking.path, "/transfers/%s/issue", letter);
    proxy_set(world->transfers, PROXY_HOLD_ANSWER, "idempotency_store");
    pthread_create(&thread, NULL, ask, &asking);
    assert_true(proxy_await_held(world->transfers, HELD_MS));
    test_system_kill(world->system, "transfers");
    proxy_cut(world->transfers);
    pthread_join(thread, NULL);
    assert_int_not_equal(asking.reply.status, 200); /* unknown to the clerk */
    test_reply_done(&asking.reply);

    test_system_start(world->system, "transfers");
    again = api_post_key(&world->api, asking.token, asking.path, asking.version, "{}", "the-one-key");
    assert_int_equal(again.status, 200);
    assert_string_equal(test_reply_text(&again, "number"), "2026-000001");
    assert_string_equal(test_reply_text(&again, "state"), "issued");
    assert_string_equal(test_reply_header(&again, "Idempotency-Replayed"), "true");
    assert_int_equal(test_pg_number(world->pg, "transfers", "select count(*) from letter_content_history"), 1);
    assert_int_equal(test_pg_number(world->pg, "transfers", "select max(last) from letter_counter"), 1);
    test_reply_done(&again);
}

/* organizations dies when the move is done in its transaction and the cursor too, but COMMIT has not arrived. */
static void
a_follower_killed_before_commit_moves_the_member_once(void **state)
{
    struct world *world = *state;
    struct api *api = &world->api;
    struct test_reply reply = api_get(api, api->city, "/transfers");
    json_t *item = json_array_get(json_object_get(reply.json, "items"), 0);
    long version = (long)json_integer_value(json_object_get(item, "version"));
    char letter[64];
    char body[128];
    char path[128];

    snprintf(letter, sizeof letter, "%s", json_string_value(json_object_get(item, "id")));
    test_reply_done(&reply);
    version = api_step(api, world->towns.west_clerk, letter, "receive", version, "{}", "received");
    snprintf(path, sizeof path, "/members/%s", world->towns.member);
    proxy_set(world->organizations, PROXY_HOLD_COMMIT, "cursor_move");
    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", world->towns.west_branch);
    api_step(api, world->towns.west_clerk, letter, "assign", version, body, "accepted");
    assert_true(proxy_await_held(world->organizations, HELD_MS));
    test_system_kill(world->system, "organizations");
    proxy_cut(world->organizations);

    test_system_start(world->system, "organizations");
    api_await(api, api->city, path, "organization_id", world->towns.west_branch);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select count(*) from membership"), 4);
    assert_int_equal(test_pg_number(world->pg, "organizations", "select max(version) from member"), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issue_killed_after_commit_is_answered_alike),
        cmocka_unit_test(a_follower_killed_before_commit_moves_the_member_once),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
