/* SPDX-License-Identifier: Apache-2.0 */
/* Two clerks work on the same letter: who comes second is told what it has become, and what is read has a tag of its
 * own. */
#include <pthread.h>
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

#define CLERKS 2

struct accepting {
    struct api *api;
    const char *token;
    const char *path;
    const char *body;
    const char *key;
    long version;
    struct test_reply reply;
};

static void *
accept_it(void *argument)
{
    struct accepting *one = argument;

    one->reply = api_post_once(one->api, one->token, one->path, one->version, one->body, one->key);
    return NULL;
}

/* The value that the comparison has for a field; fails the test when the field is not there. */
static const char *
changed(const struct test_reply *reply, const char *pointer)
{
    const json_t *changes = json_object_get(reply->json, "changes");

    for (size_t i = 0; i < json_array_size(changes); i++) {
        const json_t *change = json_array_get(changes, i);

        if (strcmp(json_string_value(json_object_get(change, "pointer")), pointer) == 0)
            return json_string_value(json_object_get(change, "value"));
    }
    fail_msg("no change of %s in %s", pointer, reply->body);
    return "";
}

static void
expect_comparison(const struct test_reply *reply, const struct two_towns *towns, long version)
{
    assert_int_equal(reply->status, 412);
    assert_string_equal(test_reply_text(reply, "code"), "stale");
    assert_int_equal(test_reply_number(reply, "current_version"), version);
    assert_string_equal(changed(reply, "/state"), "accepted");
    assert_string_equal(changed(reply, "/to_branch_id"), towns->west_branch);
    assert_string_equal(test_reply_text(reply, "changed_by_organization"), "西镇综合党委");
    assert_string_equal(test_reply_text(reply, "changed_by_role"), "committee_clerk");
    assert_non_null(strstr(test_reply_text(reply, "changed_at"), "T"));
}

static void
of_two_clerks_who_accept_at_once_one_is_told_what_the_other_did(void **state)
{
    struct two_towns_world *world = *state;
    const struct two_towns *towns = &world->towns;
    char other[256];
    char letter[64];
    char path[128];
    char body[128];
    long version = two_towns_agreed(&world->api, towns, letter);
    struct accepting both[CLERKS];
    pthread_t threads[CLERKS];
    int second;

    api_account(&world->api, "west_clerk_2", "committee_clerk", towns->west, other);
    version = api_step(&world->api, towns->east_clerk, letter, "issue", version, "{}", "issued");
    version = api_step(&world->api, towns->west_clerk, letter, "receive", version, "{}", "received");
    snprintf(path, sizeof path, "/transfers/%s/assign", letter);
    snprintf(body, sizeof body, "{\"branch_id\":\"%s\"}", towns->west_branch);
    for (int i = 0; i < CLERKS; i++) {
        both[i] =
            (struct accepting){ &world->api, i ? other : towns->west_clerk, path, body, i ? "b" : "a", version, { 0 } };
        assert_int_equal(pthread_create(&threads[i], NULL, accept_it, &both[i]), 0);
    }
    for (int i = 0; i < CLERKS; i++)
        pthread_join(threads[i], NULL);
    second = both[0].reply.status == 200;
    assert_int_equal(both[!second].reply.status, 200);
    expect_comparison(&both[second].reply, towns, version + 1);
    for (int i = 0; i < CLERKS; i++)
        test_reply_done(&both[i].reply);
}

static void
what_is_read_has_a_tag_of_what_it_shows(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply = api_get(&world->api, world->towns.west_clerk, "/transfers");
    json_t *first = json_array_get(json_object_get(reply.json, "items"), 0);
    struct test_request request = { .verb = "GET", .token = world->towns.west_clerk };
    char url[256];
    char tag[64];
    char line[128];

    snprintf(url, sizeof url, "%s/transfers/%s", world->api.base, json_string_value(json_object_get(first, "id")));
    test_reply_done(&reply);
    request.url = url;
    reply = test_http(&request);
    snprintf(tag, sizeof tag, "%s", test_reply_header(&reply, "ETag"));
    assert_non_null(strchr(tag, '-'));
    test_reply_done(&reply);
    snprintf(line, sizeof line, "If-None-Match: %s", tag);
    request.header = line;
    reply = test_http(&request);
    assert_int_equal(reply.status, 304);
    test_reply_done(&reply);
    request.token = world->towns.east_clerk; /* the same version, but other things to do with it */
    reply = test_http(&request);
    assert_int_equal(reply.status, 200);
    test_reply_done(&reply);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_two_clerks_who_accept_at_once_one_is_told_what_the_other_did),
        cmocka_unit_test(what_is_read_has_a_tag_of_what_it_shows),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
