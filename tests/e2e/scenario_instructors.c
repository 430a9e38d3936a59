/* SPDX-License-Identifier: Apache-2.0 */
/* An instructor (党建工作指导员) from dispatch to report, and where units stand: as people do it, through the API. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"
#include "support/pg.h"

#define SHOES "91320698MANQ51XWQ1" /* 东方制鞋有限公司, covered by the east branch */

/* What one step leaves for the next. */
static struct {
    char person[64], instructor[64], unit[64], dispatch[64], visit[64], report[64], token[256];
    long version;
} made;

static void
keep(char ret_text[64], const char *text)
{
    assert_non_null(text);
    snprintf(ret_text, 64, "%s", text);
}

/* The first item's id of a list. */
static void
first(struct api *api, const char *token, const char *path, char ret_id[64])
{
    struct test_reply reply = api_get(api, token, path);

    assert_int_equal(reply.status, 200);
    keep(ret_id, json_string_value(json_object_get(json_array_get(json_object_get(reply.json, "items"), 0), "id")));
    test_reply_done(&reply);
}

static size_t
count(struct api *api, const char *token, const char *path)
{
    struct test_reply reply = api_get(api, token, path);
    size_t n = json_array_size(json_object_get(reply.json, "items"));

    assert_int_equal(reply.status, 200);
    test_reply_done(&reply);
    return n;
}

static bool
says(struct api *api, const char *token, const char *path, const char *text)
{
    struct test_reply reply = api_get(api, token, path);
    bool found = reply.status == 200 && strstr(reply.body, text);

    test_reply_done(&reply);
    return found;
}

/* A step that succeeds; its id and version. */
static void
step(struct api *api, const char *token, const char *path, long version, const char *body, char ret_id[64])
{
    struct test_reply reply = api_post(api, token, path, version, body);

    if (reply.status != 200 && reply.status != 201)
        fail_msg("%s: %ld %s", path, reply.status, reply.body);
    if (ret_id)
        keep(ret_id, test_reply_text(&reply, "id"));
    made.version = (long)json_integer_value(json_object_get(reply.json, "version"));
    test_reply_done(&reply);
}

static void
指导员下派(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    const char *clerk = world->towns.east_clerk;
    char path[192], body[512], account[64];
    char *id;

    step(api, clerk, "/persons", 0, "{\"name\":\"简知行\",\"organization_code\":\"E1\"}", made.person);
    snprintf(body, sizeof body, "{\"person_id\":\"%s\",\"sending_unit\":\"区科技局\",\"full_time\":true}", made.person);
    step(api, clerk, "/instructors", 0, body, made.instructor);
    first(api, clerk, "/units?code=" SHOES, made.unit);
    snprintf(path, sizeof path, "/instructors/%s/dispatch", made.instructor);
    snprintf(body, sizeof body, "{\"unit_id\":\"%s\"}", made.unit);
    step(api, clerk, path, made.version, body, NULL);

    api_account(api, "jian", "instructor", world->towns.east, made.token);
    assert_int_equal(count(api, made.token, "/units"), 0);
    id = test_pg_text(world->pg, "organizations", "select id from account where name = 'jian'");
    keep(account, id);
    free(id);
    snprintf(path, sizeof path, "/accounts/%s/person", account);
    snprintf(body, sizeof body, "{\"person_id\":\"%s\"}", made.person);
    step(api, api->city, path, 0, body, NULL);
    assert_int_equal(count(api, made.token, "/units"), 1);
    assert_int_equal(count(api, made.token, "/dispatches"), 1);
    first(api, made.token, "/dispatches", made.dispatch);
}

static void
走访(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    char path[192], body[512];

    snprintf(body, sizeof body,
             "{\"dispatch_id\":\"%s\",\"kind\":\"visit\",\"content\":\"了解生产\",\"problem\":\"用工不足\","
             "\"department_id\":\"%s\"}",
             made.dispatch, world->towns.east_branch);
    step(api, made.token, "/visits", 0, body, made.visit);

    assert_true(says(api, world->towns.east_secretary, "/visit-problems", made.visit));
    assert_false(says(api, world->towns.west_secretary, "/visit-problems", made.visit));
    snprintf(path, sizeof path, "/visit-problems/%s/answer", made.visit);
    step(api, world->towns.east_secretary, path, 1, "{\"answer\":\"已协调招工\"}", NULL);
    snprintf(path, sizeof path, "/visits/%s", made.visit);
    assert_true(says(api, made.token, path, "已协调招工"));
}

static void
半年报告(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    char path[192], body[512];
    char *period = test_pg_text(world->pg, "organizations",
                                "select format('\"year\":%s,\"half\":%s', extract(year from d),"
                                " (extract(month from d)::int + 5) / 6)"
                                "  from (select now() at time zone 'Asia/Shanghai' as d) t");

    snprintf(body, sizeof body, "{\"instructor_id\":\"%s\",%s}", made.instructor, period);
    free(period);
    step(api, made.token, "/instructor-reports", 0, body, made.report);
    snprintf(path, sizeof path, "/instructor-reports/%s", made.report);
    assert_true(says(api, made.token, path, "走访 1 次，发现问题 1 个，已答复 1 个"));
    snprintf(path, sizeof path, "/instructor-reports/%s/submit", made.report);
    step(api, made.token, path, 1, "{}", NULL);
    snprintf(path, sizeof path, "/instructor-reports/%s/return", made.report);
    step(api, world->towns.east_clerk, path, 2, "{\"reason\":\"请补充下半年打算\"}", NULL);
    assert_false(says(api, world->towns.west_clerk, "/instructor-reports", made.report));
}

static void
指导员看不到党员(void **state)
{
    static const char *const paths[] = { "/members", "/persons", "/organizations", "/instructors", "/anchors" };
    struct two_towns_world *world = *state;
    struct api *api = &world->api;

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct test_reply reply = api_get(api, made.token, paths[i]);

        assert_int_equal(reply.status, 403);
        test_reply_done(&reply);
    }
}

static void
楼宇(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    char path[192], body[512], id[64];

    step(api, world->towns.east_clerk, "/anchors", 0,
         "{\"kind\":\"building\",\"name\":\"东方大厦\",\"region_code\":\"320697001\"}", id);
    snprintf(path, sizeof path, "/anchors/%s/place", id);
    snprintf(body, sizeof body, "{\"unit_ids\":[\"%s\"]}", made.unit);
    step(api, world->towns.east_clerk, path, 1, body, NULL);
    snprintf(path, sizeof path, "/anchors/%s/units", id);
    assert_true(says(api, world->towns.east_secretary, path, SHOES));
    assert_true(says(api, world->towns.east_clerk, "/anchors?search=%E5%A4%A7%E5%8E%A6", id)); /* 大厦 */
    assert_false(says(api, world->towns.west_clerk, "/anchors", id));
}

static void
网格(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    char path[192], body[512], id[64];

    step(api, world->towns.east_clerk, "/anchors", 0,
         "{\"kind\":\"grid\",\"name\":\"第一网格\",\"region_code\":\"320697001\"}", id);
    snprintf(path, sizeof path, "/anchors/%s/persons", id);
    snprintf(body, sizeof body, "{\"person_id\":\"%s\",\"duty\":\"grid_worker\"}", made.person);
    step(api, world->towns.east_clerk, path, 1, body, NULL);
    snprintf(path, sizeof path, "/anchors/%s", id);
    assert_true(says(api, world->towns.east_secretary, path, "简知行"));
}

static void
撤回与轮换(void **state)
{
    struct two_towns_world *world = *state;
    struct api *api = &world->api;
    const char *clerk = world->towns.east_clerk;
    char path[192], body[512], person[64], heir[64];
    struct test_reply reply;

    step(api, clerk, "/persons", 0, "{\"name\":\"接知远\",\"organization_code\":\"E1\"}", person);
    snprintf(body, sizeof body, "{\"person_id\":\"%s\",\"sending_unit\":\"区工商联\"}", person);
    step(api, clerk, "/instructors", 0, body, heir);
    snprintf(path, sizeof path, "/instructors/%s", made.instructor);
    reply = api_get(api, clerk, path);
    made.version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/instructors/%s/withdraw", made.instructor);
    snprintf(body, sizeof body, "{\"reason\":\"工作调动\",\"successor_id\":\"%s\"}", heir);
    step(api, clerk, path, made.version, body, NULL);
    assert_int_equal(count(api, made.token, "/units"), 0); /* at once */
    snprintf(path, sizeof path, "/dispatches?instructor_id=%s", heir);
    assert_true(says(api, clerk, path, SHOES));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(指导员下派),       cmocka_unit_test(走访), cmocka_unit_test(半年报告),
        cmocka_unit_test(指导员看不到党员), cmocka_unit_test(楼宇), cmocka_unit_test(网格),
        cmocka_unit_test(撤回与轮换),
    };

    return cmocka_run_group_tests(tests, two_towns_open, two_towns_close);
}
