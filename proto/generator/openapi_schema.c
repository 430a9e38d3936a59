/* SPDX-License-Identifier: Apache-2.0 */
/* JSON Schema of our types. The tree under construction belongs to the caller. */
#include "openapi_schema.h"

#include "bounds.h"
#include "formats.h"
#include "names.h"

#include "base/banned.h"

/* Fields of a message that go into a schema: all, or those of a request's body. */
struct selection {
    const struct message *message;
    const struct method *method; /* NULL: all fields */
    enum direction direction;
};

static bool
is_selected(const struct selection *selection, const struct field *field)
{
    return !selection->method || binding_of(selection->method, field) == BOUND_BODY;
}

static void
set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_string(text));
}

static void
set_count(json_t *object, const char *key, uint32_t count)
{
    if (count)
        json_object_set_new(object, key, json_integer(count));
}

static json_t *
reference(struct components *components, const char *component)
{
    return json_pack("{s:s}", "$ref", arena_printf(components->arena, "#/components/schemas/%s", component));
}

static const char *
component_name(struct components *components, const struct package *package, const char *local)
{
    return arena_printf(components->arena, "%s.%s", package->folder, local);
}

static bool
is_unspecified(const char *code)
{
    return strcmp(code, "unspecified") == 0;
}

/* The comment of the enum, then one line for each code that has a comment of its own. */
static const char *
enumeration_text(struct arena *arena, const struct enumeration *enumeration)
{
    const char *text = enumeration->place.comment;

    for (size_t i = 0; i < enumeration->count; i++) {
        const struct enum_value *value = &enumeration->values[i];
        const char *code = names_enum_code(arena, enumeration, value->name);

        if (*value->place.comment && !is_unspecified(code))
            text = arena_printf(arena, "%s%s- `%s`: %s", text, *text ? "\n" : "", code, value->place.comment);
    }
    return text;
}

static json_t *
schema_of_enumeration(struct components *components, const struct enumeration *enumeration)
{
    const char *name = component_name(components, enumeration->package, enumeration->local);
    json_t *schema;
    json_t *codes;

    if (json_object_get(components->schemas, name))
        return reference(components, name);
    schema = json_pack("{s:s}", "type", "string");
    codes = json_array();
    set_text(schema, "description", enumeration_text(components->arena, enumeration));
    for (size_t i = 0; i < enumeration->count; i++) {
        const char *code = names_enum_code(components->arena, enumeration, enumeration->values[i].name);

        if (!is_unspecified(code))
            json_array_append_new(codes, json_string(code));
    }
    json_object_set_new(schema, "enum", codes);
    json_object_set_new(components->schemas, name, schema);
    return reference(components, name);
}

/* True when a caller must give the member, or we always answer it. */
static bool
is_always_there(const struct field *field, enum direction direction)
{
    if (field->rule && field->rule->required)
        return true;
    if (direction == SENT)
        return false;
    return field->repeated || (!field->presence && !field->message && !field->enumeration);
}

/* True when the empty value stands for "none". */
static bool
may_be_empty(const struct field *field, enum direction direction)
{
    return direction == ANSWERED && !field->presence && !field->repeated && !(field->rule && field->rule->required);
}

static json_t *
schema_of_integer(const struct field *field, enum direction direction)
{
    struct bounds bounds = bounds_of(field);

    if (may_be_empty(field, direction) && bounds.minimum > 0)
        bounds.minimum = 0;
    if (may_be_empty(field, direction) && bounds.maximum < 0)
        bounds.maximum = 0;
    return json_pack("{s:s, s:I, s:I}", "type", "integer", "minimum", (json_int_t)bounds.minimum, "maximum",
                     (json_int_t)bounds.maximum);
}

static void
set_text_rule(json_t *schema, const FieldRule *rule, bool strict)
{
    const struct format *format = format_find(rule->format);

    set_count(schema, "maxLength", rule->max_length);
    set_text(schema, "x-format", rule->format);
    if (!strict)
        return;
    set_count(schema, "minLength", rule->required && !rule->min_length ? 1 : rule->min_length);
    if (format) {
        set_text(schema, "format", format->standard);
        set_text(schema, "pattern", format->pattern);
    }
}

/* The cursor of the next page is the one text that is null when there is none. */
static json_t *
schema_of_text(const struct field *field, enum direction direction)
{
    json_t *schema;

    if (direction == ANSWERED && strcmp(field->name, "next_cursor") == 0)
        return json_pack("{s:[s,s]}", "type", "string", "null");
    schema = json_pack("{s:s}", "type", "string");
    if (field->rule)
        set_text_rule(schema, field->rule, !may_be_empty(field, direction));
    return schema;
}

static json_t *
schema_of_bytes(const struct field *field)
{
    json_t *schema = json_pack("{s:s, s:s}", "type", "string", "contentEncoding", "base64");

    if (field->rule && field->rule->max_length)
        json_object_set_new(schema, "maxLength", json_integer(((json_int_t)field->rule->max_length + 2) / 3 * 4));
    return schema;
}

static json_t *
schema_of_value(struct components *components, const struct field *field, enum direction direction)
{
    switch (field->type) {
    case TYPE(MESSAGE):
        return schema_of_message(components, field->message, direction);
    case TYPE(ENUM):
        return schema_of_enumeration(components, field->enumeration);
    case TYPE(BOOL):
        return json_pack("{s:s}", "type", "boolean");
    case TYPE(STRING):
        return schema_of_text(field, direction);
    case TYPE(BYTES):
        return schema_of_bytes(field);
    default:
        return schema_of_integer(field, direction);
    }
}

static json_t *
schema_of_list(json_t *items, const FieldRule *rule, enum direction direction)
{
    json_t *schema = json_pack("{s:s, s:o}", "type", "array", "items", items);

    if (rule) {
        set_count(schema, "minItems", rule->required && direction == SENT);
        set_count(schema, "maxItems", rule->max_items);
    }
    return schema;
}

json_t *
schema_of_field(struct components *components, const struct field *field, enum direction direction)
{
    json_t *schema = schema_of_value(components, field, direction);
    json_t *example = field->message ? NULL : example_of_field(field);

    if (field->repeated)
        schema = schema_of_list(schema, field->rule, direction);
    set_text(schema, "description", field->place.comment);
    if (field->rule)
        set_text(schema, "x-unit", field->rule->unit);
    if (example)
        json_object_set_new(schema, "examples", json_pack("[o]", example));
    return schema;
}

static json_t *
schema_of_object(struct components *components, const struct selection *selection)
{
    json_t *schema = json_pack("{s:s}", "type", "object");
    json_t *properties = json_object();
    json_t *required = json_array();

    set_text(schema, "description", selection->message->place.comment);
    for (size_t i = 0; i < selection->message->count; i++) {
        const struct field *field = &selection->message->fields[i];

        if (!is_selected(selection, field))
            continue;
        json_object_set_new(properties, field->name, schema_of_field(components, field, selection->direction));
        if (is_always_there(field, selection->direction))
            json_array_append_new(required, json_string(field->name));
    }
    json_object_set_new(schema, "properties", properties);
    if (json_array_size(required))
        json_object_set(schema, "required", required);
    if (selection->direction == SENT)
        json_object_set_new(schema, "additionalProperties", json_false());
    json_decref(required);
    return schema;
}

json_t *
schema_of_message(struct components *components, const struct message *message, enum direction direction)
{
    const char *suffix = direction == SENT ? ".sent" : "";
    const char *name =
        component_name(components, message->package, arena_printf(components->arena, "%s%s", message->local, suffix));
    const struct selection all = { .message = message, .direction = direction };

    if (!json_object_get(components->schemas, name))
        json_object_set_new(components->schemas, name, schema_of_object(components, &all));
    return reference(components, name);
}

json_t *
schema_of_body(struct components *components, const struct method *method)
{
    const struct selection body = { .message = method->request, .method = method, .direction = SENT };

    return schema_of_object(components, &body);
}

static json_t *
example_of_message(const struct message *message)
{
    json_t *example = json_object();

    for (size_t i = 0; i < message->count; i++) {
        json_t *value = example_of_field(&message->fields[i]);

        if (value)
            json_object_set_new(example, message->fields[i].name, value);
    }
    if (json_object_size(example))
        return example;
    json_decref(example);
    return NULL;
}

json_t *
example_of_field(const struct field *field)
{
    json_t *example = NULL;

    if (field->rule && *field->rule->example)
        example = json_loads(field->rule->example, JSON_DECODE_ANY, NULL);
    else if (field->message)
        example = example_of_message(field->message);
    if (example && field->repeated && !json_is_array(example))
        return json_pack("[o]", example);
    return example;
}

json_t *
example_of_request(const struct method *method, enum binding binding)
{
    json_t *example = json_object();

    for (size_t i = 0; i < method->request->count; i++) {
        const struct field *field = &method->request->fields[i];
        json_t *value = binding_of(method, field) == binding ? example_of_field(field) : NULL;

        if (value)
            json_object_set_new(example, field->name, value);
    }
    return example;
}
