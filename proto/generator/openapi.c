/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenAPI document: paths and operations over the schemas and responses of the neighbouring files. It is built as a
 * jansson tree, which keeps the order of insertion and embeds examples that are JSON already. */
#include "openapi.h"

#include <stdio.h>
#include <stdlib.h>

#include "emit.h"
#include "openapi_responses.h"

#include "openapi_headers.h"
#include "url.h"

#include "base/check.h"
#include "base/banned.h"

static json_t *
parameter(struct components *components, const struct field *field, bool in_path)
{
    json_t *schema = schema_of_field(components, field, SENT);
    bool required = in_path || (field->rule && field->rule->required);
    json_t *result =
        json_pack("{s:s, s:s, s:b}", "name", field->name, "in", in_path ? "path" : "query", "required", (int)required);

    if (*field->place.comment)
        json_object_set_new(result, "description", json_string(field->place.comment));
    json_object_del(schema, "description");
    json_object_set_new(result, "schema", schema);
    return result;
}

static json_t *
parameter_reference(const char *name)
{
    char reference[64];

    snprintf(reference, sizeof reference, "#/components/parameters/%s", name);
    return json_pack("{s:s}", "$ref", reference);
}

static json_t *
parameters_of(struct components *components, const struct method *method)
{
    json_t *parameters = json_array();

    for (size_t i = 0; i < method->request->count; i++) {
        const struct field *field = &method->request->fields[i];
        enum binding binding = binding_of(method, field);

        if (binding == BOUND_PATH || binding == BOUND_QUERY)
            json_array_append_new(parameters, parameter(components, field, binding == BOUND_PATH));
    }
    if (method->rule->effect == LIANGXIN__RPC__V1__EFFECT__EFFECT_COMMAND)
        json_array_append_new(parameters, parameter_reference("IdempotencyKey"));
    if (method->rule->if_match)
        json_array_append_new(parameters, parameter_reference("IfMatch"));
    return parameters;
}

/* NULL when the method takes no body. */
static json_t *
body_of(struct components *components, const struct method *method)
{
    json_t *media;
    json_t *example;

    if (*method->rule->upload)
        return json_pack("{s:b, s:{s:{}}}", "required", 1, "content", "*/*");
    if (*method->rule->raw_body)
        return json_pack("{s:b, s:{s:{}, s:{}}}", "required", 1, "content", "application/octet-stream", "text/csv");
    if (!binding_used(method, BOUND_BODY))
        return NULL;
    media = json_pack("{s:o}", "schema", schema_of_body(components, method));
    example = example_of_request(method, BOUND_BODY);
    if (json_object_size(example))
        json_object_set(media, "example", example);
    json_decref(example);
    return json_pack("{s:b, s:{s:o}}", "required", 1, "content", "application/json", media);
}

/* The first sentence of a comment. */
static const char *
summary_of(struct arena *arena, const char *comment)
{
    const char *stop = strstr(comment, ". ");
    size_t size = strcspn(comment, "\n");

    if (stop && (size_t)(stop - comment) < size)
        size = (size_t)(stop - comment);
    if (size && comment[size - 1] == '.')
        size--;
    return arena_text_slice(arena, slice_make(comment, size));
}

static void
describe(struct components *components, const struct method *method, json_t *operation)
{
    const char *comment = method->place.comment;

    if (!*comment)
        return;
    json_object_set_new(operation, "summary", json_string(summary_of(components->arena, comment)));
    json_object_set_new(operation, "description", json_string(comment));
}

static json_t *
operation_of(struct components *components, const struct method *method)
{
    const char *id = arena_printf(components->arena, "%s_%s", method->package->folder, method->snake);
    json_t *operation = json_pack("{s:s, s:[s]}", "operationId", id, "tags", method->service);
    json_t *body = body_of(components, method);

    describe(components, method, operation);
    json_object_set_new(operation, "parameters", parameters_of(components, method));
    if (body)
        json_object_set_new(operation, "requestBody", body);
    json_object_set_new(operation, "responses", responses_of(components, method));
    if (method->rule->open)
        json_object_set_new(operation, "security", json_array());
    if (*method->rule->permission)
        json_object_set_new(operation, "x-permission", json_string(method->rule->permission));
    return operation;
}

static json_t *
paths_of(struct components *components, const struct schema *schema)
{
    size_t count;
    struct method **routes = binding_routes(schema, &count);
    json_t *paths = json_object();

    for (size_t i = 0; i < count; i++) {
        const MethodRule *rule = routes[i]->rule;
        char *verb = arena_text(components->arena, rule->verb);

        for (char *c = verb; *c; c++)
            *c = (char)(*c | 0x20);
        if (!json_object_get(paths, rule->path))
            json_object_set_new(paths, rule->path, json_object());
        json_object_set_new(json_object_get(paths, rule->path), verb, operation_of(components, routes[i]));
    }
    return paths;
}

static json_t *
common_parameters(void)
{
    json_t *key =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s, s:i, s:i}}", "name", "Idempotency-Key", "in", "header", "required", 1,
                  "description", "Chosen by the caller. The same key with the same content replays the answer.",
                  "schema", "type", "string", "minLength", 1, "maxLength", 64);
    json_t *match =
        json_pack("{s:s, s:s, s:b, s:s, s:{s:s}}", "name", "If-Match", "in", "header", "required", 1, "description",
                  "The ETag of the representation that the change is based on.", "schema", "type", "string");

    return json_pack("{s:o, s:o}", "IdempotencyKey", key, "IfMatch", match);
}

static json_t *
security_schemes(void)
{
    return json_pack("{s:{s:s, s:s}, s:{s:s, s:s, s:s}}", "token", "type", "http", "scheme", "bearer", "cookie", "type",
                     "apiKey", "in", "cookie", "name", "liangxin_session");
}

static json_t *
document_of(const struct schema *schema)
{
    struct components components = { .arena = schema->arena, .schemas = json_object(), .responses = json_object() };
    json_t *document =
        json_pack("{s:s, s:{s:s, s:s, s:{s:s, s:s}}}", "openapi", "3.1.0", "info", "title", "Liangxin 两新", "version",
                  "1", "license", "name", "Apache-2.0", "identifier", "Apache-2.0");
    json_t *all;

    json_object_set_new(document, "security", json_pack("[{s:[]}, {s:[]}]", "token", "cookie"));
    json_object_set_new(components.schemas, "Problem", responses_problem_schema(schema->arena));
    json_object_set_new(document, "paths", paths_of(&components, schema));
    all = json_pack("{s:o, s:o, s:o}", "schemas", components.schemas, "responses", components.responses, "parameters",
                    common_parameters());
    json_object_set_new(all, "headers", headers_components());
    json_object_set_new(all, "securitySchemes", security_schemes());
    json_object_set_new(document, "components", all);
    return document;
}

void
openapi_json(const struct schema *schema, struct strbuf *out)
{
    json_t *document = document_of(schema);
    char *text = json_dumps(document, JSON_INDENT(1));

    CHECK(text != NULL);
    strbuf_text(out, text);
    strbuf_char(out, '\n');
    free(text);
    json_decref(document);
}

void
openapi_source(const struct schema *schema, struct strbuf *out)
{
    struct strbuf text;
    const char *line;

    strbuf_init(&text, out->limit);
    openapi_json(schema, &text);
    emit_banner(out, "all services");
    strbuf_text(out, "#include \"gateway/transcode/route.h\"\n\nconst char openapi_document[] =\n");
    for (line = text.data; *line; line = strchr(line, '\n') + 1) {
        strbuf_text(out, "    ");
        emit_text(out, slice_make(line, strcspn(line, "\n") + 1));
        strbuf_char(out, '\n');
    }
    strbuf_text(out, "    ;\n\nconst size_t openapi_document_size = sizeof openapi_document - 1;\n");
    strbuf_done(&text);
}
