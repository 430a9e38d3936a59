/* SPDX-License-Identifier: Apache-2.0 */
/* The list of operations, written. Owns nothing. */
#include "operations.h"

#include <stdlib.h>

#include "openapi_responses.h"

#include "base/check.h"
#include "base/banned.h"

static json_t *
problems_of(const struct method *method)
{
    json_t *problems = json_object();

    for (int name = 0; name < PROBLEM_COUNT; name++) {
        const struct problem *problem = problem_of((enum problem_name)name);

        if (responses_may_be(method, problem))
            json_object_set_new(problems, problem->slug, json_integer(responses_http(problem)));
    }
    return problems;
}

static json_t *
operation_of(struct arena *arena, const struct method *method)
{
    const MethodRule *rule = method->rule;
    const char *id = arena_printf(arena, "%s_%s", method->package->folder, method->snake);
    bool command = rule->effect == LIANGXIN__RPC__V1__EFFECT__EFFECT_COMMAND;
    json_t *operation =
        json_pack("{s:s, s:s, s:s, s:s, s:i, s:s}", "id", id, "method", method->wire, "verb", rule->verb, "path",
                  rule->path, "success", (int)rule->success, "permission", rule->permission);

    json_object_set_new(operation, "open", json_boolean(rule->open));
    json_object_set_new(operation, "idempotency_key", json_boolean(command));
    json_object_set_new(operation, "if_match", json_boolean(rule->if_match));
    json_object_set_new(operation, "no_store", json_boolean(rule->no_store));
    json_object_set_new(operation, "stream", json_boolean(rule->stream));
    json_object_set_new(operation, "raw_body", json_string(rule->raw_body));
    json_object_set_new(operation, "upload", json_string(rule->upload));
    json_object_set_new(operation, "download", json_string(rule->download));
    json_object_set_new(operation, "path_example", example_of_request(method, BOUND_PATH));
    json_object_set_new(operation, "query_example", example_of_request(method, BOUND_QUERY));
    json_object_set_new(operation, "body_example", example_of_request(method, BOUND_BODY));
    json_object_set_new(operation, "problems", problems_of(method));
    return operation;
}

void
operations_json(const struct schema *schema, struct strbuf *out)
{
    size_t count;
    struct method **routes = binding_routes(schema, &count);
    json_t *operations = json_array();
    char *text;

    for (size_t i = 0; i < count; i++)
        json_array_append_new(operations, operation_of(schema->arena, routes[i]));
    text = json_dumps(operations, JSON_INDENT(1));
    CHECK(text != NULL);
    strbuf_text(out, text);
    strbuf_char(out, '\n');
    free(text);
    json_decref(operations);
}
