/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for methods and their paths. Reports only; owns nothing that lasts. */
#include "binding.h"
#include "check.h"
#include "url.h"

#include "base/status.h"
#include "base/banned.h"

#define EFFECT(name) LIANGXIN__RPC__V1__EFFECT__EFFECT_##name

static const char *
rule_fault(const struct method *method)
{
    const MethodRule *rule = method->rule;

    if (!rule)
        return "the method has no rule (option (liangxin.rpc.v1.method))";
    if (!method->request || !method->reply)
        return "request and reply must be messages of the packages liangxin.*";
    if (rule->effect == EFFECT(UNSPECIFIED))
        return "the rule names no effect";
    if (!rule->budget_ms)
        return "the rule names no budget_ms";
    if (rule->effect == EFFECT(COMMAND) && (rule->open || rule->n_callers))
        return "a command belongs to an account, under which its key is kept; without an actor use EFFECT_APPLY";
    if (*rule->path && !*rule->verb)
        return "the rule has a path but no verb";
    return NULL;
}

static bool
is_verb(const char *verb)
{
    static const char *const verbs[] = { "GET", "POST", "PUT", "PATCH", "DELETE" };

    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (strcmp(verbs[i], verb) == 0)
            return true;
    return false;
}

static const char *
http_fault(const struct method *method)
{
    const MethodRule *rule = method->rule;

    if (!is_verb(rule->verb))
        return "the verb is not one of GET, POST, PUT, PATCH, DELETE";
    if (!url_is_template(rule->path))
        return "the path is no template such as /api/v1/letters/{id}";
    if (rule->success < 200 || rule->success > 299)
        return "success must be an HTTP status from 200 to 299";
    if (strcmp(rule->verb, "GET") == 0 && rule->effect != EFFECT(PURE) && rule->effect != EFFECT(READ))
        return "a GET must not change anything; a command needs another verb";
    if (strcmp(rule->verb, "GET") == 0 && *rule->raw_body)
        return "a GET has no body";
    return NULL;
}

static void
check_path(const struct method *method, struct findings *findings)
{
    const char *cursor = method->rule->path;
    struct slice segment;
    struct slice name;

    while (url_next_segment(&cursor, &segment)) {
        const struct field *field = NULL;

        if (!url_is_parameter(segment, &name))
            continue;
        for (size_t i = 0; i < method->request->count; i++)
            if (slice_is(name, method->request->fields[i].name))
                field = &method->request->fields[i];
        if (!field)
            findings_add(findings, method->place, method->wire, "{%.*s} is no field of %s", (int)name.size, name.data,
                         method->request->local);
        else if (field->repeated || field->message)
            findings_add(findings, method->place, method->wire, "{%s} must be a single scalar field", field->name);
    }
}

static void
check_binding(const struct method *method, struct findings *findings)
{
    const char *raw = method->rule->raw_body;
    const struct field *body = *raw ? message_field(method->request, raw) : NULL;

    if (*raw && (!body || body->type != TYPE(BYTES) || body->repeated))
        findings_add(findings, method->place, method->wire, "raw_body \"%s\" is no bytes field of %s", raw,
                     method->request->local);
    for (size_t i = 0; i < method->request->count; i++) {
        const struct field *field = &method->request->fields[i];

        if (field->message && binding_of(method, field) == BOUND_QUERY)
            findings_add(findings, field->place, method->wire, "%s is a message and cannot stand in the query",
                         field->name);
    }
}

static void
check_problems(const struct method *method, struct findings *findings)
{
    for (size_t i = 0; i < method->rule->n_problems; i++)
        if (!problem_find(method->rule->problems[i]))
            findings_add(findings, method->place, method->wire, "no problem \"%s\" in base/problems.def",
                         method->rule->problems[i]);
}

/* Handlers are named for the method alone: it must be the only one of its name in a header and what this includes. */
static void
check_name(const struct schema *schema, const struct method *method, struct findings *findings)
{
    for (const struct method *other = schema->methods; other && other != method; other = other->next)
        if (strcmp(other->snake, method->snake) == 0 &&
            (package_sees(method->package, other->package) || package_sees(other->package, method->package)))
            findings_add(findings, method->place, method->wire, "%s has the same name in C", other->wire);
}

static void
check_method(const struct schema *schema, const struct method *method, struct findings *findings)
{
    const char *fault = rule_fault(method);

    check_name(schema, method, findings);
    if (!fault && method_is_http(method))
        fault = http_fault(method);
    if (fault) {
        findings_add(findings, method->place, method->wire, "%s", fault);
        return;
    }
    check_problems(method, findings);
    check_files(method, findings);
    if (method_is_http(method)) {
        check_path(method, findings);
        check_binding(method, findings);
    }
}

/* `routes` is sorted, so what matches the same addresses stands together. */
static void
check_routes(struct method *const *routes, size_t count, struct findings *findings)
{
    for (size_t i = 1; i < count; i++) {
        const struct method *before = routes[i - 1];
        const struct method *method = routes[i];

        if (url_compare(before->rule->path, method->rule->path) != 0)
            continue;
        if (strcmp(before->rule->path, method->rule->path) != 0)
            findings_add(findings, method->place, method->wire, "%s and %s of %s match the same addresses",
                         method->rule->path, before->rule->path, before->wire);
        else if (strcmp(before->rule->verb, method->rule->verb) == 0)
            findings_add(findings, method->place, method->wire, "%s %s leads to %s already", method->rule->verb,
                         method->rule->path, before->wire);
    }
}

void
check_methods(const struct schema *schema, struct findings *findings)
{
    size_t count;
    struct method **routes = binding_routes(schema, &count);

    for (const struct method *method = schema->methods; method; method = method->next)
        check_method(schema, method, findings);
    check_routes(routes, count, findings);
}
