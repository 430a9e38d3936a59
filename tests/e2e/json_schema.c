/* SPDX-License-Identifier: Apache-2.0 */
/* A small validator of JSON Schema. The test's thread; owns nothing. */
#include "e2e/json_schema.h"

#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <string.h>

#define DEPTH_LIMIT 16

struct check {
    const json_t *document;
    char place[512];
    char *fault;
    size_t size;
    int depth;
};

static bool fits(struct check *check, const json_t *schema, const json_t *value);

const json_t *
json_schema_resolve(const json_t *document, const json_t *schema)
{
    const char *reference = json_string_value(json_object_get(schema, "$ref"));
    const json_t *at = document;

    if (!reference)
        return schema;
    for (const char *part = strchr(reference, '/'); part && at; part = strchr(part, '/')) {
        size_t length = strcspn(++part, "/");

        at = json_object_getn(at, part, length);
    }
    return at;
}

static bool
fault(struct check *check, const char *reason)
{
    snprintf(check->fault, check->size, "%s: %s", check->place[0] ? check->place : "/", reason);
    return false;
}

static bool
is_type(const char *name, const json_t *value)
{
    const struct {
        const char *name;
        bool is;
    } types[] = {
        { "object", json_is_object(value) },   { "array", json_is_array(value) },
        { "string", json_is_string(value) },   { "integer", json_is_integer(value) },
        { "boolean", json_is_boolean(value) }, { "null", json_is_null(value) },
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].is;
    return false;
}

static bool
fits_type(struct check *check, const json_t *rule, const json_t *value)
{
    size_t i;
    const json_t *name;

    if (json_is_string(rule))
        return is_type(json_string_value(rule), value) || fault(check, "another type");
    json_array_foreach(rule, i, name) if (is_type(json_string_value(name), value)) return true;
    return fault(check, "none of its types");
}

static bool
fits_enum(struct check *check, const json_t *rule, const json_t *value)
{
    size_t i;
    const json_t *one;

    json_array_foreach(rule, i, one) if (json_equal(one, value)) return true;
    return fault(check, "not in the enum");
}

static bool
matches(const char *pattern, const char *text)
{
    regex_t regex;
    bool good;

    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    good = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return good;
}

static bool
fits_pattern(struct check *check, const json_t *rule, const json_t *value)
{
    return !json_is_string(value) || matches(json_string_value(rule), json_string_value(value)) ||
           fault(check, "does not match its pattern");
}

static bool
fits_format(struct check *check, const json_t *rule, const json_t *value)
{
    static const struct {
        const char *name;
        const char *pattern;
    } formats[] = {
        { "uuid", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" },
        { "date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
        { "date-time", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9]{2}:[0-9]{2})$" },
    };

    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(json_string_value(rule), formats[i].name) == 0)
            return !json_is_string(value) || matches(formats[i].pattern, json_string_value(value)) ||
                   fault(check, "has another format");
    return fault(check, "a format that the test does not know");
}

static size_t
characters(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static json_int_t
measure(const json_t *value)
{
    if (json_is_string(value))
        return (json_int_t)characters(json_string_value(value));
    return json_is_array(value) ? (json_int_t)json_array_size(value) : json_integer_value(value);
}

static bool
fits_minimum(struct check *check, const json_t *rule, const json_t *value)
{
    return measure(value) >= json_integer_value(rule) || fault(check, "below its minimum");
}

static bool
fits_maximum(struct check *check, const json_t *rule, const json_t *value)
{
    return measure(value) <= json_integer_value(rule) || fault(check, "over its maximum");
}

static bool
fits_required(struct check *check, const json_t *rule, const json_t *value)
{
    size_t i;
    const json_t *name;

    json_array_foreach(rule, i, name) if (!json_object_get(value, json_string_value(name))) return fault(
        check, json_string_value(name));
    return true;
}

/* Goes down to a part and comes back. */
static bool
fits_part(struct check *check, const json_t *schema, const json_t *value, const char *name)
{
    size_t length = strlen(check->place);
    bool good;

    snprintf(check->place + length, sizeof check->place - length, "/%s", name);
    good = schema ? fits(check, schema, value) : fault(check, "not in the document");
    check->place[length] = '\0';
    return good;
}

static bool
fits_properties(struct check *check, const json_t *rule, const json_t *value)
{
    const char *name;
    json_t *part;

    json_object_foreach((json_t *)(uintptr_t)value, name,
                        part) if (!fits_part(check, json_object_get(rule, name), part, name)) return false;
    return true;
}

static bool
fits_items(struct check *check, const json_t *rule, const json_t *value)
{
    size_t i;
    const json_t *item;
    char name[24];

    json_array_foreach(value, i, item)
    {
        snprintf(name, sizeof name, "%zu", i);
        if (!fits_part(check, rule, item, name))
            return false;
    }
    return true;
}

static bool
fits_words(struct check *check, const json_t *rule, const json_t *value)
{
    (void)check;
    (void)rule;
    (void)value;
    return true;
}

static const struct {
    const char *keyword;
    bool (*fits)(struct check *check, const json_t *rule, const json_t *value);
} keywords[] = {
    { "type", fits_type },         { "enum", fits_enum },         { "pattern", fits_pattern },
    { "format", fits_format },     { "minimum", fits_minimum },   { "minLength", fits_minimum },
    { "minItems", fits_minimum },  { "maximum", fits_maximum },   { "maxLength", fits_maximum },
    { "maxItems", fits_maximum },  { "items", fits_items },       { "properties", fits_properties },
    { "required", fits_required }, { "description", fits_words }, { "examples", fits_words },
    { "x-format", fits_words },    { "x-unit", fits_words },      { "additionalProperties", fits_words },
};

static bool
fits_keyword(struct check *check, const char *keyword, const json_t *rule, const json_t *value)
{
    char reason[128];

    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
        if (strcmp(keywords[i].keyword, keyword) == 0)
            return keywords[i].fits(check, rule, value);
    snprintf(reason, sizeof reason, "the test does not know the keyword %s", keyword);
    return fault(check, reason);
}

static bool
fits(struct check *check, const json_t *schema, const json_t *value)
{
    const json_t *resolved = json_schema_resolve(check->document, schema);
    const char *keyword;
    json_t *rule;
    bool good = true;

    if (!resolved || check->depth == DEPTH_LIMIT)
        return fault(check, "a $ref that leads nowhere");
    check->depth++;
    json_object_foreach((json_t *)(uintptr_t)resolved, keyword, rule) good =
        good && fits_keyword(check, keyword, rule, value);
    check->depth--;
    return good;
}

bool
json_schema_fits(const json_t *document, const json_t *schema, const json_t *value, char *ret_fault, size_t size)
{
    struct check check = { .document = document, .fault = ret_fault, .size = size };

    return schema ? fits(&check, schema, value) : fault(&check, "no schema");
}
