/* SPDX-License-Identifier: Apache-2.0 */
/* Responses of operations. Owns nothing that lasts. */
#include "openapi_responses.h"

#include "openapi_headers.h"

#include "base/banned.h"

/* What about a method makes a common problem possible. */
enum {
    WHEN_ALWAYS = 1 << 0,
    WHEN_INPUT = 1 << 1,   /* it has fields */
    WHEN_BODY = 1 << 2,    /* it has a body */
    WHEN_CLOSED = 1 << 3,  /* it needs an actor */
    WHEN_PATH = 1 << 4,    /* its path names a thing */
    WHEN_COMMAND = 1 << 5, /* it needs an Idempotency-Key */
    WHEN_MATCH = 1 << 6,   /* it needs If-Match */
    WHEN_CHANGE = 1 << 7,  /* it is no GET */
};

static const struct common_problem {
    enum problem_name name;
    unsigned when;
} common_problems[] = {
    { PROBLEM_MALFORMED, WHEN_ALWAYS },       { PROBLEM_REQUIRED, WHEN_INPUT },
    { PROBLEM_TOO_LONG, WHEN_INPUT },         { PROBLEM_TOO_SHORT, WHEN_INPUT },
    { PROBLEM_TOO_MANY, WHEN_INPUT },         { PROBLEM_OUT_OF_RANGE, WHEN_INPUT },
    { PROBLEM_BAD_FORMAT, WHEN_INPUT },       { PROBLEM_BAD_TEXT, WHEN_INPUT },
    { PROBLEM_BAD_VALUE, WHEN_INPUT },        { PROBLEM_UNKNOWN_PARAMETER, WHEN_ALWAYS },
    { PROBLEM_UNKNOWN_FIELD, WHEN_BODY },     { PROBLEM_TOO_LARGE, WHEN_BODY },
    { PROBLEM_MEDIA_TYPE, WHEN_BODY },        { PROBLEM_UNAUTHENTIC, WHEN_CLOSED },
    { PROBLEM_DENIED, WHEN_CLOSED },          { PROBLEM_CROSS_ORIGIN, WHEN_CHANGE },
    { PROBLEM_NOT_FOUND, WHEN_PATH },         { PROBLEM_IDEMPOTENCY_KEY_REQUIRED, WHEN_COMMAND },
    { PROBLEM_BUSY, WHEN_COMMAND },           { PROBLEM_KEY_REUSED, WHEN_COMMAND },
    { PROBLEM_VERSION_REQUIRED, WHEN_MATCH }, { PROBLEM_STALE, WHEN_MATCH },
    { PROBLEM_EXHAUSTED, WHEN_ALWAYS },       { PROBLEM_INTERNAL, WHEN_ALWAYS },
    { PROBLEM_UNAVAILABLE, WHEN_ALWAYS },     { PROBLEM_TIMEOUT, WHEN_ALWAYS },
};

static unsigned
traits_of(const struct method *method)
{
    const MethodRule *rule = method->rule;
    bool body = binding_used(method, BOUND_BODY) || binding_used(method, BOUND_RAW);
    unsigned traits = WHEN_ALWAYS;

    traits |= method->request->count ? WHEN_INPUT : 0;
    traits |= body ? WHEN_BODY : 0;
    traits |= rule->open ? 0 : WHEN_CLOSED;
    traits |= binding_used(method, BOUND_PATH) ? WHEN_PATH : 0;
    traits |= rule->effect == LIANGXIN__RPC__V1__EFFECT__EFFECT_COMMAND ? WHEN_COMMAND : 0;
    traits |= rule->if_match ? WHEN_MATCH : 0;
    traits |= strcmp(rule->verb, "GET") != 0 ? WHEN_CHANGE : 0;
    return traits;
}

bool
responses_may_be(const struct method *method, const struct problem *problem)
{
    unsigned traits = traits_of(method);

    for (size_t i = 0; i < sizeof common_problems / sizeof common_problems[0]; i++)
        if (problem_of(common_problems[i].name) == problem && (traits & common_problems[i].when))
            return true;
    for (size_t i = 0; i < method->rule->n_problems; i++)
        if (strcmp(method->rule->problems[i], problem->slug) == 0)
            return true;
    return false;
}

int
responses_http(const struct problem *problem)
{
    const struct status status = { .problem = problem };

    return status_http(&status);
}

static json_t *
success_of(struct components *components, const struct method *method)
{
    json_t *response = json_pack("{s:s}", "description", "Success.");

    json_object_set_new(response, "headers", headers_of(method, (int)method->rule->success));
    if (*method->rule->download)
        json_object_set_new(response, "content", json_pack("{s:{}}", "*/*"));
    else if (method->reply->count)
        json_object_set_new(response, "content",
                            json_pack("{s:{s:o}}", method->rule->stream ? "text/event-stream" : "application/json",
                                      "schema", schema_of_message(components, method->reply, ANSWERED)));
    return response;
}

static json_t *
problem_content(void)
{
    return json_pack("{s:{s:{s:s}}}", "application/problem+json", "schema", "$ref", "#/components/schemas/Problem");
}

/* A response with one problem, which many methods share: a reference to the component of its name. */
static json_t *
shared_problem(struct components *components, const struct problem *problem)
{
    const char *text = arena_printf(components->arena, "%s (%s)", problem->en, problem->zh);

    if (!json_object_get(components->responses, problem->slug))
        json_object_set_new(components->responses, problem->slug,
                            json_pack("{s:s, s:o, s:[s], s:o}", "description", text, "headers",
                                      headers_of(NULL, responses_http(problem)), "x-problems", problem->slug, "content",
                                      problem_content()));
    return json_pack("{s:s}", "$ref", arena_printf(components->arena, "#/components/responses/%s", problem->slug));
}

static json_t *
several_problems(struct components *components, int http, const struct problem *const *problems, size_t count)
{
    json_t *codes = json_array();
    const char *text = "";

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(codes, json_string(problems[i]->slug));
        text = arena_printf(components->arena, "%s%s`%s`", text, i ? ", " : "", problems[i]->slug);
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "description", text, "headers", headers_of(NULL, http), "x-problems",
                     codes, "content", problem_content());
}

/* NULL when the method answers no problem with this HTTP status. */
static json_t *
problems_with(struct components *components, const struct method *method, int http)
{
    const struct problem *found[PROBLEM_COUNT];
    size_t count = 0;

    for (int name = 0; name < PROBLEM_COUNT; name++) {
        const struct problem *problem = problem_of((enum problem_name)name);

        if (responses_http(problem) == http && responses_may_be(method, problem))
            found[count++] = problem;
    }
    if (count == 0)
        return NULL;
    return count == 1 ? shared_problem(components, found[0]) : several_problems(components, http, found, count);
}

/* What a GET with If-None-Match is answered when nothing has changed; NULL when the reply has no version. */
static json_t *
unchanged(const struct method *method)
{
    json_t *headers = headers_of(method, 304);

    if (strcmp(method->rule->verb, "GET") == 0 && json_object_get(headers, "ETag"))
        return json_pack("{s:s, s:o}", "description", "What you have is still so.", "headers", headers);
    json_decref(headers);
    return NULL;
}

json_t *
responses_of(struct components *components, const struct method *method)
{
    static const int statuses[] = {
#define X(name, http, retry, level) http,
        STATUS_KINDS(X)
#undef X
    };
    json_t *responses = json_object();
    json_t *same = unchanged(method);

    json_object_set_new(responses, arena_printf(components->arena, "%u", method->rule->success),
                        success_of(components, method));
    if (same)
        json_object_set_new(responses, "304", same);
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        json_t *response = problems_with(components, method, statuses[i]);

        if (response)
            json_object_set_new(responses, arena_printf(components->arena, "%d", statuses[i]), response);
    }
    return responses;
}

static json_t *
problem_codes(struct arena *arena)
{
    json_t *codes = json_array();
    const char *text = "";

    for (int name = 0; name < PROBLEM_COUNT; name++) {
        const struct problem *problem = problem_of((enum problem_name)name);

        json_array_append_new(codes, json_string(problem->slug));
        text = arena_printf(arena, "%s- `%s`: %s (%s)\n", text, problem->slug, problem->en, problem->zh);
    }
    return json_pack("{s:s, s:s, s:o}", "type", "string", "description", text, "enum", codes);
}

static json_t *
problem_errors(void)
{
    json_t *item =
        json_pack("{s:s, s:{s:{s:s, s:s}, s:{s:s}, s:{s:s}, s:{s:s}}, s:[s]}", "type", "object", "properties",
                  "pointer", "type", "string", "description", "JSON Pointer into the request body", "code", "type",
                  "string", "title", "type", "string", "detail", "type", "string", "required", "code");

    return json_pack("{s:s, s:s, s:o}", "type", "array", "description", "Every fault that was found", "items", item);
}

static void
set_text(json_t *properties, const char *name, const char *description)
{
    json_object_set_new(properties, name, json_pack("{s:s, s:s}", "type", "string", "description", description));
}

/* Of 412 `stale`. */
static void
set_comparison(json_t *properties)
{
    json_t *change = json_object();

    set_text(change, "pointer", "JSON Pointer into the representation");
    set_text(change, "value", "As it is now, as text; empty: none");
    json_object_set_new(properties, "current_version",
                        json_pack("{s:s, s:s}", "type", "integer", "description",
                                  "Of `stale`: the version that is current, for the next If-Match"));
    set_text(properties, "changed_at", "Of `stale`: when it was changed last, where you may see that");
    set_text(properties, "changed_by_organization", "Of `stale`: the organization it was changed for last");
    set_text(properties, "changed_by_role", "Of `stale`: the role that changed it last");
    json_object_set_new(properties, "changes",
                        json_pack("{s:s, s:s, s:{s:s, s:o, s:[s,s]}}", "type", "array", "description",
                                  "Of `stale`: the fields that differ from the version you have seen", "items", "type",
                                  "object", "properties", change, "required", "pointer", "value"));
}

json_t *
responses_problem_schema(struct arena *arena)
{
    json_t *schema = json_pack("{s:s, s:s}", "type", "object", "description",
                               "A problem (RFC 9457). `code` is stable; `title` and `detail` follow Accept-Language.");
    json_t *properties =
        json_pack("{s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}, s:{s:s}}", "type", "type", "string", "title", "type", "string",
                  "status", "type", "integer", "detail", "type", "string", "instance", "type", "string");

    json_object_set_new(properties, "code", problem_codes(arena));
    json_object_set_new(properties, "errors", problem_errors());
    set_comparison(properties);
    json_object_set_new(schema, "properties", properties);
    json_object_set_new(schema, "required", json_pack("[s,s,s]", "title", "status", "code"));
    return schema;
}
