/* SPDX-License-Identifier: Apache-2.0 */
/* Scenarios' words for the API. The test's thread. */
#include "e2e/api.h"

#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "support/cmocka_all.h"

#define AWAIT_MS 10000
#define TICK_MS  20

void
api_open(struct api *api, struct test_system *system)
{
    *api = (struct api){ .system = system, .city = test_system_bootstrap(system) };
    snprintf(api->base, sizeof api->base, "http://127.0.0.1:%d/api/v1", test_system_port(system, "gateway", "rpc"));
}

static struct test_reply
send_once(struct api *api, struct test_request request, const char *path)
{
    char url[1024];

    snprintf(url, sizeof url, "%s%s", api->base, path);
    request.url = url;
    return test_http(&request);
}

/* As a well-behaved program does: a 503 is asked again. */
static struct test_reply
send(struct api *api, struct test_request request, const char *path)
{
    struct test_reply reply = send_once(api, request, path);

    for (int waited = 0; reply.status == 503 && waited < AWAIT_MS; waited += TICK_MS) {
        test_reply_done(&reply);
        poll(NULL, 0, TICK_MS);
        reply = send_once(api, request, path);
    }
    return reply;
}

struct test_reply
api_post_once(struct api *api, const char *token, const char *path, long version, const char *body, const char *key)
{
    return send_once(
        api, (struct test_request){ .verb = "POST", .token = token, .key = key, .version = version, .body = body },
        path);
}

struct test_reply
api_get(struct api *api, const char *token, const char *path)
{
    return send(api, (struct test_request){ .verb = "GET", .token = token }, path);
}

struct test_reply
api_post_key(struct api *api, const char *token, const char *path, long version, const char *body, const char *key)
{
    return send(api,
                (struct test_request){ .verb = "POST", .token = token, .key = key, .version = version, .body = body },
                path);
}

struct test_reply
api_post(struct api *api, const char *token, const char *path, long version, const char *body)
{
    char key[64];

    snprintf(key, sizeof key, "key-%d-%d", (int)getpid(), ++api->keys);
    return api_post_key(api, token, path, version, body, key);
}

static void
expect_status(const struct test_reply *reply, long status)
{
    if (reply->status != status)
        fail_msg("status %ld instead of %ld: %s", reply->status, status, reply->body ? reply->body : "");
}

static void
take_id(struct test_reply *reply, char ret_id[64])
{
    snprintf(ret_id, 64, "%s", test_reply_text(reply, "id"));
    test_reply_done(reply);
}

/* A file under an id that nobody else has, for an import. */
static void
put_file(struct api *api, const char *token, const char *csv, size_t size, char ret_id[64])
{
    char path[160];
    struct test_reply reply;

    snprintf(ret_id, 64, "01900000-0000-7000-8%03x-%012x", (unsigned)++api->keys & 0xfff, (unsigned)getpid());
    snprintf(path, sizeof path, "/files/%s?file_name=ledger.csv&purpose=import", ret_id);
    reply = send(
        api, (struct test_request){ .verb = "PUT", .token = token, .type = "text/csv", .body = csv, .body_size = size },
        path);
    expect_status(&reply, 200);
    test_reply_done(&reply);
}

void
api_upload_as(struct api *api, const char *token, const char *ledger, const char *csv, size_t size, char ret_id[64])
{
    char file[64];
    char body[160];
    struct test_reply reply;

    put_file(api, token, csv, size, file);
    snprintf(body, sizeof body, "{\"ledger\":\"%s\",\"file_id\":\"%s\"}", ledger, file);
    reply = api_post(api, token, "/imports", 0, body);
    expect_status(&reply, 202);
    take_id(&reply, ret_id);
}

void
api_upload(struct api *api, const char *ledger, const char *csv, size_t size, char ret_id[64])
{
    api_upload_as(api, api->city, ledger, csv, size, ret_id);
}

struct test_reply
api_await_import(struct api *api, const char *id, const char *state)
{
    char path[128];

    snprintf(path, sizeof path, "/imports/%s", id);
    for (int waited = 0; waited < 3 * AWAIT_MS; waited += TICK_MS) {
        struct test_reply reply = api_get(api, api->city, path);

        expect_status(&reply, 200);
        if (strcmp(test_reply_text(&reply, "state"), state) == 0)
            return reply;
        test_reply_done(&reply);
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("import %s does not become %s", id, state);
    return (struct test_reply){ 0 };
}

void
api_load(struct api *api, const char *ledger, const char *csv)
{
    char id[64];
    char path[128];
    struct test_reply reply;
    long version;

    api_upload(api, ledger, csv, strlen(csv), id);
    reply = api_await_import(api, id, "validated");
    if (test_reply_number(&reply, "invalid") != 0)
        fail_msg("%s has invalid rows: %s", ledger, reply.body);
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    snprintf(path, sizeof path, "/imports/%s/commit", id);
    reply = api_post(api, api->city, path, version, "{}");
    expect_status(&reply, 202);
    test_reply_done(&reply);
    reply = api_await_import(api, id, "succeeded");
    test_reply_done(&reply);
}

void
api_account(struct api *api, const char *name, const char *role, const char *organization_id, char ret_token[256])
{
    char body[256];
    struct test_reply reply;

    snprintf(body, sizeof body, "{\"name\":\"%s\",\"role\":\"%s\",\"organization_id\":\"%s\"}", name, role,
             organization_id);
    reply = api_post(api, api->city, "/accounts", 0, body);
    expect_status(&reply, 201);
    snprintf(ret_token, 256, "%s", test_reply_text(&reply, "token"));
    test_reply_done(&reply);
}

static void
first_item(struct api *api, const char *path, char ret_id[64])
{
    struct test_reply reply = api_get(api, api->city, path);
    json_t *item = json_array_get(json_object_get(reply.json, "items"), 0);
    const char *id = json_string_value(json_object_get(item, "id"));

    expect_status(&reply, 200);
    if (!id)
        fail_msg("%s: nothing there", path);
    snprintf(ret_id, 64, "%s", id);
    test_reply_done(&reply);
}

void
api_organization(struct api *api, const char *code, char ret_id[64])
{
    char path[128];

    snprintf(path, sizeof path, "/organizations?code=%s", code);
    first_item(api, path, ret_id);
}

void
api_member(struct api *api, const char *organization_id, char ret_id[64])
{
    char path[128];

    snprintf(path, sizeof path, "/members?organization_id=%s", organization_id);
    first_item(api, path, ret_id);
}

void
api_await(struct api *api, const char *token, const char *path, const char *key, const char *value)
{
    char last[256] = "";

    for (int waited = 0; waited < AWAIT_MS; waited += TICK_MS) {
        struct test_reply reply = api_get(api, token, path);
        const char *text = json_string_value(json_object_get(reply.json, key));
        bool there = text && strcmp(text, value) == 0;

        snprintf(last, sizeof last, "%ld %s", reply.status, text ? text : "");
        test_reply_done(&reply);
        if (there)
            return;
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("%s: %s is not %s but %s", path, key, value, last);
}

long
api_step(struct api *api, const char *token, const char *letter, const char *event, long version, const char *body,
         const char *state)
{
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/transfers/%s/%s", letter, event);
    reply = api_post(api, token, path, version, body);
    if (reply.status != 200 || strcmp(test_reply_text(&reply, "state"), state) != 0)
        fail_msg("%s: %ld %s", event, reply.status, reply.body ? reply.body : "");
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    return version;
}
