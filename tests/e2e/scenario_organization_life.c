/* SPDX-License-Identifier: Apache-2.0 */
/* The life of an organization through the public API, each step by its Chinese name: 换届, 更名, 合并, 撤销; what the
 * others make of a dissolved one; and the class hours a secretary owes. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

static char body[512];
static char path[256];
static char today[16];

static long
version_of(struct two_towns_world *world, const char *organization)
{
    struct test_reply reply;
    long version;

    snprintf(path, sizeof path, "/organizations/%s", organization);
    reply = api_get(&world->api, world->api.city, path);
    assert_int_equal(reply.status, 200);
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    return version;
}

/* A command of the city on an organization, `body` filled before; the answer is the caller's. */
static struct test_reply
command(struct two_towns_world *world, const char *organization, const char *verb)
{
    long version = version_of(world, organization);

    snprintf(path, sizeof path, "/organizations/%s/%s", organization, verb);
    return api_post(&world->api, world->api.city, path, version, body);
}

static bool
tells(const struct test_reply *reply, const char *code)
{
    json_t *error;
    size_t i;

    json_array_foreach(json_object_get(reply->json, "errors"), i,
                       error) if (strcmp(json_string_value(json_object_get(error, "code")), code) == 0) return true;
    return false;
}

static void
a_term_is_renewed(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;

    snprintf(path, sizeof path, "/organizations/%s/terms_due?months=60", world->towns.east);
    reply = api_get(&world->api, world->api.city, path);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 2);
    test_reply_done(&reply);
    snprintf(body, sizeof body, "{\"elected_on\":\"2026-01-15\",\"basis\":\"东综〔2026〕3号\"}");
    reply = command(world, world->towns.east_second, "renew_term");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "term_ends_on"), "2029-01-15");
    test_reply_done(&reply);
}

static void
a_name_is_changed_and_the_old_one_found(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;
    json_t *entry;

    snprintf(body, sizeof body, "{\"name\":\"东光集团党支部\",\"on\":\"%s\",\"basis\":\"东综〔2026〕4号\"}", today);
    reply = command(world, world->towns.east_second, "rename");
    assert_int_equal(reply.status, 200);
    test_reply_done(&reply);
    reply = api_get(&world->api, world->towns.west_clerk, "/directory?name=%E4%B8%9C%E5%85%89%E8%BD%AF%E4%BB%B6");
    entry = json_array_get(json_object_get(reply.json, "items"), 0);
    assert_string_equal(json_string_value(json_object_get(entry, "name")), "东光集团党支部");
    assert_string_equal(json_string_value(json_object_get(entry, "former_name")), "东光软件有限公司党支部");
    test_reply_done(&reply);
    test_pg_await(world->pg, "transfers", "select count(*) from organization where name = '东光集团党支部'", 1);
}

static void
a_branch_is_merged_into_another(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;
    char merged[64];

    reply =
        api_post(&world->api, world->towns.east_clerk, "/organizations", 0,
                 "{\"code\":\"E103\",\"name\":\"东边小厂党支部\",\"kind\":\"branch\",\"region_code\":\"320697001\"}");
    assert_int_equal(reply.status, 201);
    snprintf(merged, sizeof merged, "%s", test_reply_text(&reply, "id"));
    test_reply_done(&reply);
    snprintf(body, sizeof body,
             "{\"successor_id\":\"%s\",\"on\":\"%s\",\"reason\":\"并入集团\",\"basis\":\"东综〔2026〕5号\"}",
             world->towns.east_second, today);
    reply = command(world, merged, "merge");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "successor_id"), world->towns.east_second);
    test_reply_done(&reply);
    test_pg_await(world->pg, "training",
                  "select count(*) from organization where code = 'E103' and successor_id is not null", 1);
}

static void
a_branch_with_members_is_not_dissolved(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;

    snprintf(path, sizeof path, "/organizations/%s/ending", world->towns.east_branch);
    reply = api_get(&world->api, world->api.city, path);
    assert_int_equal(reply.status, 200);
    assert_int_equal(json_array_size(json_object_get(reply.json, "obstacles")), 2);
    test_reply_done(&reply);
    snprintf(body, sizeof body, "{\"on\":\"%s\",\"reason\":\"企业停产\",\"basis\":\"东综〔2026〕6号\"}", today);
    reply = command(world, world->towns.east_branch, "dissolve");
    assert_int_equal(reply.status, 422);
    assert_string_equal(test_reply_text(&reply, "code"), "organization-in-use");
    assert_true(tells(&reply, "has-members") && tells(&reply, "has-units"));
    test_reply_done(&reply);
}

static void
no_letter_goes_to_a_dissolved_committee(void **state)
{
    struct two_towns_world *world = *state;
    struct test_reply reply;

    snprintf(body, sizeof body, "{\"on\":\"%s\",\"reason\":\"机构调整\",\"basis\":\"市组〔2026〕7号\"}", today);
    reply = command(world, world->towns.north, "dissolve");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "dissolved_on"), today);
    test_reply_done(&reply);
    test_pg_await(world->pg, "transfers", "select count(*) from organization where dissolved_on is not null", 2);
    test_pg_await(world->pg, "transfers", "select least(count(*), 3) from member", 3);
    snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"work_unit_changed\"}",
             world->towns.member, world->towns.north);
    reply = api_post(&world->api, world->towns.east_secretary, "/transfers", 0, body);
    assert_int_equal(reply.status, 422);
    assert_true(tells(&reply, "organization-dissolved"));
    test_reply_done(&reply);
}

static void
a_secretary_owes_the_hours_of_his_duty(void **state)
{
    struct two_towns_world *world = *state;

    snprintf(path, sizeof path, "/training/members/%s/plan?year=2026", world->towns.member);
    api_await(&world->api, world->towns.east_secretary, path, "kind", "secretary");
    assert_int_equal(test_pg_number(world->pg, "training", "select count(*) from duty_period where kind = 'secretary'"),
                     3);
}

static int
open_world(void **state)
{
    struct two_towns_world *world;
    char *text;

    if (two_towns_open(state))
        return -1;
    world = *state;
    text = test_pg_text(world->pg, "organizations", "select (current_timestamp at time zone 'Asia/Shanghai')::date");
    snprintf(today, sizeof today, "%s", text);
    free(text);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        { "换届", a_term_is_renewed, NULL, NULL, NULL },
        { "更名", a_name_is_changed_and_the_old_one_found, NULL, NULL, NULL },
        { "合并", a_branch_is_merged_into_another, NULL, NULL, NULL },
        { "撤销 不成", a_branch_with_members_is_not_dissolved, NULL, NULL, NULL },
        { "撤销", no_letter_goes_to_a_dissolved_committee, NULL, NULL, NULL },
        { "书记的学时", a_secretary_owes_the_hours_of_his_duty, NULL, NULL, NULL },
    };

    return cmocka_run_group_tests(tests, open_world, two_towns_close);
}
