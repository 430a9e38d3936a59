/* SPDX-License-Identifier: Apache-2.0 */
/* Problems, written. Pure; owns nothing. */
#include "gateway/transcode/problem.h"

#include "base/json_writer.h"
#include "base/banned.h"

#define TYPE_PREFIX "urn:liangxin:problem:"
#define TYPE_SIZE   128

static const char *
title_of(status_t st, enum language language)
{
    return language == LANGUAGE_EN ? st->problem->en : st->problem->zh;
}

static void
write_type(struct json_writer *json, const char *slug)
{
    char type[TYPE_SIZE] = TYPE_PREFIX;

    strncat(type, slug, sizeof type - sizeof TYPE_PREFIX);
    json_cstring(json, "type", type);
}

static void
write_error(struct json_writer *json, status_t st, enum language language)
{
    json_object_begin(json, NULL);
    if (st->pointer)
        json_cstring(json, "pointer", st->pointer);
    json_cstring(json, "code", st->problem->slug);
    json_cstring(json, "title", title_of(st, language));
    if (st->detail)
        json_cstring(json, "detail", st->detail);
    json_object_end(json);
}

/* What an edit of an older version is held against. */
static void
write_comparison(struct json_writer *json, const struct comparison *comparison)
{
    json_int(json, "current_version", comparison->version);
    if (comparison->at)
        json_cstring(json, "changed_at", comparison->at);
    if (comparison->organization)
        json_cstring(json, "changed_by_organization", comparison->organization);
    if (comparison->role)
        json_cstring(json, "changed_by_role", comparison->role);
    json_array_begin(json, "changes");
    for (size_t i = 0; i < comparison->n_changes; i++) {
        json_object_begin(json, NULL);
        json_cstring(json, "pointer", comparison->changes[i].pointer);
        json_cstring(json, "value", comparison->changes[i].value);
        json_object_end(json);
    }
    json_array_end(json);
}

void
problem_write(struct strbuf *out, int http, status_t st, enum language language, const char *request_id)
{
    struct json_writer json;

    json_init(&json, out);
    json_object_begin(&json, NULL);
    write_type(&json, st->problem->slug);
    json_cstring(&json, "title", title_of(st, language));
    json_int(&json, "status", http);
    if (st->detail)
        json_cstring(&json, "detail", st->detail);
    json_cstring(&json, "instance", request_id);
    json_cstring(&json, "code", st->problem->slug);
    if (st->comparison)
        write_comparison(&json, st->comparison);
    if (st->pointer || st->next) {
        json_array_begin(&json, "errors");
        for (; st; st = st->next)
            write_error(&json, st, language);
        json_array_end(&json);
    }
    json_object_end(&json);
}
