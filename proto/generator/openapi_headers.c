/* SPDX-License-Identifier: Apache-2.0 */
/* A table of header lines, each with the responses that have it. Owns nothing. */
#include "openapi_headers.h"

#include <stdio.h>

#include "base/banned.h"

static bool
always(const struct method *method, int http)
{
    (void)method;
    (void)http;
    return true;
}

static bool
is_success(const struct method *method, int http)
{
    return method && http < 300;
}

static bool
has_version(const struct method *method, int http)
{
    const struct field *version = method ? message_field(method->reply, "version") : NULL;

    return http < 400 && version && version->type == TYPE(INT64) && !version->repeated;
}

static bool
has_pages(const struct method *method, int http)
{
    return is_success(method, http) && message_field(method->reply, "next_cursor");
}

static bool
is_command(const struct method *method, int http)
{
    return is_success(method, http) && method->rule->effect == LIANGXIN__RPC__V1__EFFECT__EFFECT_COMMAND;
}

static bool
is_download(const struct method *method, int http)
{
    return is_success(method, http) && *method->rule->download;
}

static bool
is_personal(const struct method *method, int http)
{
    return is_success(method, http) && method->rule->no_store;
}

static bool
may_pass(const struct method *method, int http)
{
    (void)method;
    return http == 409 || http == 429 || http == 503 || http == 504;
}

static bool
is_unauthentic(const struct method *method, int http)
{
    (void)method;
    return http == 401;
}

static const struct header {
    const char *name;
    const char *type;
    bool required;
    bool (*applies)(const struct method *method, int http);
    const char *description;
} headers[] = {
    { "ETag", "string", true, has_version,
      "Version of the row, for If-Match, and for If-None-Match of the same question." },
    { "Link", "string", false, has_pages, "`rel=\"next\"`: the next page. Absent on the last one." },
    { "Idempotency-Replayed", "string", false, is_command,
      "`true`: the answer that the same Idempotency-Key was given before." },
    { "Content-Disposition", "string", true, is_download, "`attachment` with the file's name (RFC 8187)." },
    { "Cache-Control", "string", true, is_personal, "`no-store`: the answer carries personal data." },
    { "Retry-After", "integer", false, may_pass, "Seconds after which it is worth trying again." },
    { "WWW-Authenticate", "string", true, is_unauthentic, "`Bearer`." },
    { "RateLimit-Policy", "string", false, always,
      "The limit that counts: its name, `q` requests in `w` seconds. Absent where none is set." },
    { "RateLimit", "string", false, always, "What is left of it: `r` requests; `t` seconds until it is full again." },
};

json_t *
headers_of(const struct method *method, int http)
{
    json_t *result = json_object();

    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        char reference[64];

        if (!headers[i].applies(method, http))
            continue;
        snprintf(reference, sizeof reference, "#/components/headers/%s", headers[i].name);
        json_object_set_new(result, headers[i].name, json_pack("{s:s}", "$ref", reference));
    }
    return result;
}

json_t *
headers_components(void)
{
    json_t *result = json_object();

    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        json_object_set_new(result, headers[i].name,
                            json_pack("{s:s, s:b, s:{s:s}}", "description", headers[i].description, "required",
                                      (int)headers[i].required, "schema", "type", headers[i].type));
    return result;
}
