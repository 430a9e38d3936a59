/* SPDX-License-Identifier: Apache-2.0 */
/* Requests over HTTP. Pure but for the arena. */
#include "binding.h"

#include <stdlib.h>

#include "url.h"

#include "base/banned.h"

bool
method_is_http(const struct method *method)
{
    return method->rule && *method->rule->verb;
}

/* The fields beside a piece of a file. */
static bool
is_piece(const MethodRule *rule, const char *name)
{
    if (strcmp(name, "offset") == 0)
        return *rule->upload || *rule->download;
    return *rule->upload && strcmp(name, "last") == 0;
}

enum binding
binding_of(const struct method *method, const struct field *field)
{
    const MethodRule *rule = method->rule;

    if (url_has_parameter(rule->path, field->name))
        return BOUND_PATH;
    if (strcmp(rule->raw_body, field->name) == 0 || strcmp(rule->upload, field->name) == 0)
        return BOUND_RAW;
    if (is_piece(rule, field->name))
        return BOUND_PIECE;
    if (*rule->raw_body || *rule->upload || strcmp(rule->verb, "GET") == 0)
        return BOUND_QUERY;
    return BOUND_BODY;
}

bool
binding_used(const struct method *method, enum binding binding)
{
    for (size_t i = 0; i < method->request->count; i++)
        if (binding_of(method, &method->request->fields[i]) == binding)
            return true;
    return false;
}

static int
compare_routes(const void *a, const void *b)
{
    const MethodRule *left = (*(struct method *const *)a)->rule;
    const MethodRule *right = (*(struct method *const *)b)->rule;
    int order = url_compare(left->path, right->path);

    return order ? order : strcmp(left->verb, right->verb);
}

struct method **
binding_routes(const struct schema *schema, size_t *ret_count)
{
    struct method **routes;
    size_t count = 0;

    for (struct method *method = schema->methods; method; method = method->next)
        count += method_is_http(method);
    routes = arena_array(schema->arena, count + 1, sizeof *routes);
    count = 0;
    for (struct method *method = schema->methods; method; method = method->next)
        if (method_is_http(method))
            routes[count++] = method;
    qsort(routes, count, sizeof *routes, compare_routes);
    *ret_count = count;
    return routes;
}
