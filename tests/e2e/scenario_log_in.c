/* SPDX-License-Identifier: Apache-2.0 */
/* A clerk logs in: with a one-time code first, then with a password of his own; as a program by token, as a browser by
 * cookie. */
#include <stdio.h>

#include "e2e/two_towns.h"
#include "support/cmocka_all.h"

#define PASSWORD "青山绿水一座桥"
#define LONGER   PASSWORD "又一座桥"

struct world {
    struct test_pg *pg;
    struct test_system *system;
    struct api api;
    struct two_towns towns;
    char account[64]; /* east_clerk's id */
    char code[64];
    char token[128]; /* of the latest log-in */
};

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);
    struct test_reply reply;

    world->pg = test_pg_open();
    world->system = test_system_new(world->pg);
    api_open(&world->api, world->system);
    test_system_start_all(world->system);
    two_towns_load(&world->api, &world->towns);
    reply = api_get(&world->api, world->towns.east_clerk, "/session");
    assert_int_equal(reply.status, 200);
    snprintf(world->account, sizeof world->account, "%s", test_reply_text(&reply, "account_id"));
    test_reply_done(&reply);
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    test_system_free(world->system);
    test_pg_close(world->pg);
    free(world);
    return 0;
}

static void
expect_done(struct test_reply reply, long status, const char *code)
{
    if (reply.status != status || (code && strcmp(test_reply_text(&reply, "code"), code) != 0))
        fail_msg("status %ld instead of %ld: %s", reply.status, status, reply.body ? reply.body : "");
    test_reply_done(&reply);
}

/* A command upon the account by the city clerk; a code in the answer is kept. */
static void
command(struct world *world, const char *what)
{
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/accounts/%s/%s", world->account, what);
    reply = api_post(&world->api, world->api.city, path, 0, NULL);
    if (reply.status != 200)
        fail_msg("%s: %ld %s", what, reply.status, reply.body ? reply.body : "");
    if (json_object_get(reply.json, "code"))
        snprintf(world->code, sizeof world->code, "%s", test_reply_text(&reply, "code"));
    test_reply_done(&reply);
}

static struct test_reply
log_in(struct world *world, const char *name, const char *password)
{
    char body[512];

    snprintf(body, sizeof body, "{\"name\":\"%s\",\"password\":\"%s\"}", name, password);
    return api_post(&world->api, NULL, "/session", 0, body);
}

static void
must_log_in(struct world *world, const char *password)
{
    struct test_reply reply = log_in(world, "east_clerk", password);

    if (reply.status != 200)
        fail_msg("log-in: %ld %s", reply.status, reply.body ? reply.body : "");
    assert_string_equal(test_reply_header(&reply, "Cache-Control"), "no-store");
    snprintf(world->token, sizeof world->token, "%s", test_reply_text(&reply, "token"));
    assert_int_equal(strlen(world->token), 64);
    test_reply_done(&reply);
}

static void
change(struct world *world, const char *from, const char *to, long status, const char *code)
{
    char body[512];

    snprintf(body, sizeof body, "{\"old_password\":\"%s\",\"new_password\":\"%s\"}", from, to);
    expect_done(api_post(&world->api, world->token, "/session/password", 0, body), status, code);
}

static void
a_wrong_password_and_an_unknown_name_are_told_alike(void **state)
{
    struct world *world = *state;

    expect_done(log_in(world, "east_clerk", "whatever it is"), 401, "wrong-log-in");
    expect_done(log_in(world, "nobody_at_all", "whatever it is"), 401, "wrong-log-in");
    expect_done(log_in(world, "", "whatever it is"), 400, "required");
}

static void
a_one_time_code_lets_choose_a_password_and_nothing_else(void **state)
{
    struct world *world = *state;
    struct test_reply reply;

    command(world, "reset");
    must_log_in(world, world->code);
    expect_done(api_get(&world->api, world->token, "/organizations"), 403, "denied");
    reply = api_get(&world->api, world->token, "/session");
    assert_true(json_is_true(json_object_get(reply.json, "must_change_password")));
    test_reply_done(&reply);
    change(world, world->code, "12345678901", 422, "weak-password");
    change(world, world->code, "短", 422, "weak-password");
    change(world, "K7QX", LONGER, 401, "wrong-log-in");
    change(world, world->code, LONGER, 200, NULL);
    expect_done(api_get(&world->api, world->token, "/organizations"), 200, NULL);
    expect_done(log_in(world, "east_clerk", world->code), 401, "wrong-log-in");
}

static void
a_log_out_counts_at_once(void **state)
{
    struct world *world = *state;
    struct test_reply reply;

    must_log_in(world, LONGER);
    expect_done(api_get(&world->api, world->token, "/organizations"), 200, NULL);
    reply = api_get(&world->api, world->token, "/sessions");
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 2);
    test_reply_done(&reply);
    expect_done(api_post(&world->api, world->token, "/session/end", 0, NULL), 200, NULL);
    expect_done(api_get(&world->api, world->token, "/organizations"), 401, "unauthentic");
}

/* A request as a browser makes it; `origin` and `page` NULL: the header is not there. */
static struct test_reply
browse(struct world *world, const char *verb, const char *path, const char *body, const char *cookie,
       const char *origin, const char *page)
{
    struct test_request request = { .verb = verb, .body = body };
    char url[256];
    char lines[3][256];
    size_t count = 0;

    snprintf(url, sizeof url, "%s%s", world->api.base, path);
    request.url = url;
    if (cookie)
        snprintf(lines[count], sizeof lines[0], "Cookie: theme=dark; %s", cookie), count++;
    if (origin)
        snprintf(lines[count], sizeof lines[0], "Origin: %s", origin), count++;
    if (page)
        snprintf(lines[count], sizeof lines[0], "X-Requested-With: %s", page), count++;
    for (size_t i = 0; i < count; i++)
        request.more[i] = lines[i];
    return test_http(&request);
}

static void
a_browser_has_a_cookie_that_only_our_pages_can_use(void **state)
{
    struct world *world = *state;
    static const char body[] = "{\"name\":\"east_clerk\",\"password\":\"" LONGER "\"}";
    char own[64];
    char cookie[128];
    const char *line;
    struct test_reply reply;

    snprintf(own, sizeof own, "http://127.0.0.1:%d", test_system_port(world->system, "gateway", "rpc"));
    expect_done(browse(world, "POST", "/session", body, NULL, "http://evil.example", "liangxin"), 403, "cross-origin");
    reply = browse(world, "POST", "/session", body, NULL, own, "liangxin");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "token"), "");
    line = test_reply_header(&reply, "Set-Cookie");
    assert_non_null(strstr(line, "; Path=/; HttpOnly; SameSite=Lax"));
    snprintf(cookie, sizeof cookie, "%.*s", (int)strcspn(line, ";"), line);
    test_reply_done(&reply);

    expect_done(browse(world, "GET", "/organizations", NULL, cookie, NULL, NULL), 200, NULL);
    expect_done(browse(world, "POST", "/session/end", NULL, cookie, NULL, NULL), 403, "cross-origin");
    expect_done(browse(world, "POST", "/session/end", NULL, cookie, own, NULL), 403, "cross-origin");
    expect_done(browse(world, "POST", "/session/end", NULL, cookie, "http://evil.example", "liangxin"), 403,
                "cross-origin");
    reply = browse(world, "POST", "/session/end", NULL, cookie, own, "liangxin");
    assert_int_equal(reply.status, 200);
    assert_non_null(strstr(test_reply_header(&reply, "Set-Cookie"), "Max-Age=0"));
    test_reply_done(&reply);
    expect_done(browse(world, "GET", "/organizations", NULL, cookie, NULL, NULL), 401, "unauthentic");
}

static void
refusals_make_the_next_one_wait_until_the_level_above_helps(void **state)
{
    struct world *world = *state;
    struct test_reply reply;

    for (int i = 0; i < 5; i++)
        expect_done(log_in(world, "east_clerk", "whatever it is"), 401, "wrong-log-in");
    reply =
        api_post_once(&world->api, NULL, "/session", 0, "{\"name\":\"east_clerk\",\"password\":\"" LONGER "\"}", "x");
    assert_true(strtol(test_reply_header(&reply, "Retry-After"), NULL, 10) > 1); /* the wait, not the frame's guess */
    assert_int_equal(strtol(test_reply_header(&reply, "Retry-After"), NULL, 10),
                     strtol(test_reply_text(&reply, "detail"), NULL, 10));
    expect_done(reply, 429, "log-in-wait");
    command(world, "unlock");
    must_log_in(world, LONGER);
}

static void
a_locked_account_does_not_get_in(void **state)
{
    struct world *world = *state;

    command(world, "lock");
    expect_done(log_in(world, "east_clerk", LONGER), 401, "wrong-log-in");
    assert_int_equal(test_pg_number(world->pg, "organizations",
                                    "select count(*) from session s join account a on a.id = s.account_id"
                                    " where a.name = 'east_clerk'"),
                     0);
    command(world, "unlock");
    must_log_in(world, LONGER);
}

static void
numbers_are_revealed_for_a_reason_that_is_kept(void **state)
{
    struct world *world = *state;
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/members/%s/reveal", world->towns.member);
    expect_done(api_post(&world->api, world->token, path, 0, "{\"reason\":\"\"}"), 400, "required");
    expect_done(api_post(&world->api, world->towns.east_secretary, path, 0, "{\"reason\":\"核对组织关系\"}"), 403,
                "denied");
    expect_done(api_post(&world->api, world->towns.west_clerk, path, 0, "{\"reason\":\"核对组织关系\"}"), 404,
                "not-found");
    reply = api_post(&world->api, world->token, path, 0, "{\"reason\":\"核对组织关系\"}");
    assert_int_equal(reply.status, 200);
    assert_string_equal(test_reply_text(&reply, "identity_number"), "320698200203126949");
    assert_string_equal(test_reply_header(&reply, "Cache-Control"), "no-store");
    test_reply_done(&reply);
    assert_int_equal(test_pg_number(world->pg, "organizations",
                                    "select count(*) from audit where action like '%/RevealMember'"
                                    "   and reason = '核对组织关系' and account_id is not null"),
                     1);
}

static void
no_secret_is_kept_as_it_was_told(void **state)
{
    struct world *world = *state;
    char sql[512];

    snprintf(sql, sizeof sql,
             "select (select count(*) from session where encode(hash, 'hex') = '%s')"
             "     + (select count(*) from account where password is not null and password not like '$argon2id$%%')"
             "     + (select count(*) from idempotency where encode(reply, 'escape') like '%%%s%%')",
             world->token, world->code);
    assert_int_equal(test_pg_number(world->pg, "organizations", sql), 0);
    assert_true(test_pg_number(world->pg, "organizations",
                               "select count(*) from audit where action like '%Accounts/LogIn refused'") >= 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wrong_password_and_an_unknown_name_are_told_alike),
        cmocka_unit_test(a_one_time_code_lets_choose_a_password_and_nothing_else),
        cmocka_unit_test(a_log_out_counts_at_once),
        cmocka_unit_test(a_browser_has_a_cookie_that_only_our_pages_can_use),
        cmocka_unit_test(refusals_make_the_next_one_wait_until_the_level_above_helps),
        cmocka_unit_test(a_locked_account_does_not_get_in),
        cmocka_unit_test(numbers_are_revealed_for_a_reason_that_is_kept),
        cmocka_unit_test(no_secret_is_kept_as_it_was_told),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
