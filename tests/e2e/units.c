/* SPDX-License-Identifier: Apache-2.0 */
/* Small steps of the scenarios of units. */
#include "e2e/units.h"

#include <stdio.h>

#include "support/cmocka_all.h"

struct test_reply
units_patch(struct api *api, const char *token, const char *path, long version, const char *body)
{
    char url[256];
    char key[64];

    snprintf(url, sizeof url, "%s%s", api->base, path);
    snprintf(key, sizeof key, "patch-%d", ++api->keys);
    return test_http(&(struct test_request){
        .verb = "PATCH", .url = url, .token = token, .key = key, .version = version, .body = body });
}

void
units_find(struct api *api, const char *token, const char *code, char ret_id[64])
{
    char path[128];
    struct test_reply reply;

    snprintf(path, sizeof path, "/units?code=%s", code);
    reply = api_get(api, token, path);
    assert_int_equal(reply.status, 200);
    assert_int_equal(json_array_size(json_object_get(reply.json, "items")), 1);
    snprintf(ret_id, 64, "%s", units_text(json_array_get(json_object_get(reply.json, "items"), 0), "id"));
    test_reply_done(&reply);
}

long
units_version(struct api *api, const char *token, const char *id)
{
    char path[128];
    struct test_reply reply;
    long version;

    snprintf(path, sizeof path, "/units/%s", id);
    reply = api_get(api, token, path);
    assert_int_equal(reply.status, 200);
    version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    return version;
}

void
units_account(struct two_towns_world *world, const char *name, const char *role, const char *organization,
              const char *unit, char ret_token[256])
{
    char sql[256];
    char path[128];
    char body[128];
    char *post;

    api_account(&world->api, name, role, organization, ret_token);
    snprintf(sql, sizeof sql,
             "select p.id from account_post p join account a on a.id = p.account_id where a.name = '%s'", name);
    post = test_pg_text(world->pg, "organizations", sql);
    snprintf(path, sizeof path, "/posts/%s/units", post);
    snprintf(body, sizeof body, "{\"unit_ids\":[\"%s\"]}", unit);
    units_expect(api_post(&world->api, world->api.city, path, 0, body), 200);
    free(post);
}

void
units_expect(struct test_reply reply, long status)
{
    if (reply.status != status)
        fail_msg("%ld instead of %ld: %s", reply.status, status, reply.body ? reply.body : "");
    test_reply_done(&reply);
}

const json_t *
units_fact(const struct test_reply *sheet, const char *field)
{
    const json_t *groups = json_object_get(sheet->json, "groups");

    for (size_t i = 0; i < json_array_size(groups); i++) {
        const json_t *facts = json_object_get(json_array_get(groups, i), "facts");

        for (size_t at = 0; at < json_array_size(facts); at++)
            if (strcmp(units_text(json_array_get(facts, at), "field"), field) == 0)
                return json_array_get(facts, at);
    }
    return NULL;
}

const char *
units_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text ? text : "";
}
