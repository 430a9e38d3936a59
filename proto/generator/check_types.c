/* SPDX-License-Identifier: Apache-2.0 */
/* Rules for messages, fields and enums. Reports only; owns nothing that lasts. */
#include <jansson.h>

#include "acyclic.h"
#include "check.h"
#include "formats.h"
#include "names.h"

#include "base/banned.h"

enum { FIRST_RESERVED = 19000 };

static const char *
field_name(const struct schema *schema, const struct message *message, const struct field *field)
{
    return arena_printf(schema->arena, "%s.%s", message->name, field->name);
}

static const char *
field_fault(const struct field *field)
{
    if (field->message && field->message->map_entry)
        return "maps are not used; repeat a message with key and value";
    if (field->proto3_optional)
        return "proto3 optional is not known to protobuf-c; use a oneof with one member";
    if (field->number >= FIRST_RESERVED)
        return "field numbers from 19000 on are reserved";
    if (field->type == TYPE(DOUBLE) || field->type == TYPE(FLOAT))
        return "floating point is not used; count in the smallest unit";
    if (field->type == TYPE(GROUP))
        return "groups are not used";
    if (field->type == TYPE(MESSAGE) && !field->message)
        return "the type lies outside the packages liangxin.*";
    if (field->type == TYPE(ENUM) && !field->enumeration)
        return "the enum lies outside the packages liangxin.*";
    return NULL;
}

static const char *
rule_fault(const struct field *field)
{
    const FieldRule *rule = field->rule;

    if (!rule)
        return NULL;
    if (*rule->format && !format_find(rule->format))
        return "the format is not known (generator/formats.c)";
    if (rule->max_length && rule->min_length > rule->max_length)
        return "min_length exceeds max_length";
    if (rule->max_items && !field->repeated)
        return "max_items stands at a field that is not repeated";
    if (rule->maximum && rule->minimum > rule->maximum)
        return "minimum exceeds maximum";
    return NULL;
}

static const char *
example_fault(const struct field *field)
{
    json_t *example;

    if (!field->rule || !*field->rule->example)
        return NULL;
    example = json_loads(field->rule->example, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
    if (!example)
        return "the example is not JSON (a text needs quotes of its own)";
    json_decref(example);
    return NULL;
}

static void
check_fields(const struct schema *schema, const struct message *message, struct findings *findings)
{
    static const char *(*const faults[])(const struct field *) = { field_fault, rule_fault, example_fault };

    for (size_t i = 0; i < message->count; i++)
        for (size_t k = 0; k < sizeof faults / sizeof faults[0]; k++) {
            const struct field *field = &message->fields[i];
            const char *fault = faults[k](field);

            if (fault)
                findings_add(findings, field->place, field_name(schema, message, field), "%s", fault);
        }
}

/* Codes of the API are made of the names, and the value 0 has none: it means absent. */
static void
check_enumeration(const struct schema *schema, const struct enumeration *enumeration, struct findings *findings)
{
    const char *prefix = names_enum_prefix(schema->arena, enumeration);

    for (size_t i = 0; i < enumeration->count; i++) {
        const struct enum_value *value = &enumeration->values[i];
        const char *code = names_enum_code(schema->arena, enumeration, value->name);

        if (!code)
            findings_add(findings, value->place, value->name, "the values of %s begin with %s", enumeration->local,
                         prefix);
        else if ((i == 0) != (strcmp(code, "unspecified") == 0))
            findings_add(findings, value->place, value->name, "the first value of %s, and no other, is %sUNSPECIFIED",
                         enumeration->local, prefix);
    }
}

static void
tell_same_name(const struct message *message, const char *other, struct findings *findings)
{
    findings_add(findings, message->place, message->name, "%s has the same short name in C", other);
}

/* A handler header offers the short names of its package and of those it imports: they must differ. */
static void
check_short_name(const struct schema *schema, const struct message *message, struct findings *findings)
{
    const char *mine = message->short_name;

    for (const struct message *other = schema->messages; other; other = other->next)
        if (other != message && package_sees(message->package, other->package) && strcmp(mine, other->short_name) == 0)
            tell_same_name(message, other->name, findings);
    for (const struct enumeration *other = schema->enumerations; other; other = other->next)
        if (package_sees(message->package, other->package) && strcmp(mine, other->short_name) == 0)
            tell_same_name(message, other->name, findings);
}

void
check_types(const struct schema *schema, struct findings *findings)
{
    acyclic_check(schema, findings);
    for (const struct message *message = schema->messages; message; message = message->next) {
        check_fields(schema, message, findings);
        check_short_name(schema, message, findings);
    }
    for (const struct enumeration *item = schema->enumerations; item; item = item->next)
        check_enumeration(schema, item, findings);
}
