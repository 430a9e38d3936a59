/* SPDX-License-Identifier: Apache-2.0 */
/* JSON into messages. Loop thread: jansson's memory comes from the arena of the call in progress, so that a tree has
 * the request's limit and nobody frees it. */
#include <stdio.h>

#include <jansson.h>

#include "base/check.h"
#include "gateway/transcode/field.h"
#include "gateway/transcode/transcode_in.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define POINTER_KEY_LIMIT 100 /* bytes of an unknown name that we repeat */

static struct arena *json_arena; /* set while jansson works */

/* Where in the body we are, for JSON pointers. */
struct place {
    const struct place *outer;
    const char *name;
    size_t index; /* when there is no name */
};

static void *
json_allocate(size_t size)
{
    CHECK(json_arena != NULL);
    return arena_try(json_arena, size);
}

static void
json_leave(void *memory)
{
    (void)memory;
}

void
transcode_init(void)
{
    json_set_alloc_funcs(json_allocate, json_leave);
}

/* A key as part of a pointer: ~ and / are written ~0 and ~1. */
static const char *
escape_key(struct arena *arena, const char *key)
{
    char *text = arena_alloc(arena, 2 * strlen(key) + 1);
    size_t size = 0;

    for (; *key; key++) {
        if (*key == '~' || *key == '/') {
            text[size++] = '~';
            text[size++] = *key == '~' ? '0' : '1';
        } else {
            text[size++] = *key;
        }
    }
    return text;
}

static const char *
pointer_of(struct arena *arena, const struct place *place)
{
    const char *outer;

    if (!place)
        return "";
    outer = pointer_of(arena, place->outer);
    if (!place->name)
        return arena_printf(arena, "%s/%zu", outer, place->index);
    if (strlen(place->name) > POINTER_KEY_LIMIT)
        return outer;
    return arena_printf(arena, "%s/%s", outer, escape_key(arena, place->name));
}

static status_t
fault(struct arena *arena, status_t plain, const struct place *place)
{
    struct status *st;

    if (!plain)
        return OK;
    st = arena_copy(arena, plain, sizeof *plain);
    st->pointer = pointer_of(arena, place);
    return st;
}

static status_t read_message(struct arena *arena, json_t *json, const struct router_entry *entry,
                             const struct place *place, ProtobufCMessage *message);

static status_t
read_nested(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *json, const struct place *place,
            void *slot)
{
    ProtobufCMessage *message;

    if (arena_exhausted(arena))
        return status_plain(PROBLEM_TOO_LARGE);
    message = codec_new(arena, field->descriptor);
    *(ProtobufCMessage **)slot = message;
    return read_message(arena, json, NULL, place, message);
}

static status_t
read_value(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *json, const struct place *place,
           void *slot)
{
    status_t st = status_plain(PROBLEM_BAD_FORMAT);

    if (field->type == PROTOBUF_C_TYPE_MESSAGE && json_is_object(json))
        return read_nested(arena, field, json, place, slot);
    if (json_is_integer(json))
        st = field_put_integer(field, json_integer_value(json), slot);
    else if (json_is_string(json))
        st = field_put_text(arena, field, slice_make(json_string_value(json), json_string_length(json)), slot);
    else if (json_is_boolean(json) && field->type == PROTOBUF_C_TYPE_BOOL) {
        *(protobuf_c_boolean *)slot = json_is_true(json);
        st = OK;
    }
    return fault(arena, st, place);
}

static status_t
read_array(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *json, const struct place *place,
           ProtobufCMessage *message)
{
    size_t count = json_array_size(json);
    size_t size = codec_item_size(field);
    char *items;

    if (!json_is_array(json))
        return fault(arena, status_plain(PROBLEM_BAD_FORMAT), place);
    items = arena_try(arena, count ? count * size : 1);
    if (!items)
        return status_plain(PROBLEM_TOO_LARGE);
    memset(items, 0, count * size);
    *(void **)field_slot(message, field) = items;
    *field_count(message, field) = count;
    for (size_t i = 0; i < count; i++) {
        struct place at = { .outer = place, .index = i };
        status_t st = read_value(arena, field, json_array_get(json, i), &at, items + i * size);

        if (st)
            return st;
    }
    return OK;
}

static bool
is_in_path(const struct router_entry *entry, const ProtobufCFieldDescriptor *field)
{
    for (size_t i = 0; entry && i < entry->n_parameters; i++)
        if (entry->parameter[i] == field)
            return true;
    return false;
}

static status_t
read_member(struct arena *arena, const ProtobufCFieldDescriptor *field, json_t *json, const struct place *place,
            ProtobufCMessage *message)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return read_array(arena, field, json, place, message);
    if (json_is_null(json) || !field_hold(message, field))
        return fault(arena, status_plain(PROBLEM_BAD_VALUE), place);
    return read_value(arena, field, json, place, field_slot(message, field));
}

static status_t
read_message(struct arena *arena, json_t *json, const struct router_entry *entry, const struct place *place,
             ProtobufCMessage *message)
{
    const char *key;
    json_t *value;

    json_object_foreach(json, key, value)
    {
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(message->descriptor, key);
        struct place at = { .outer = place, .name = key };
        status_t st;

        if (!field || is_in_path(entry, field))
            return fault(arena, status_plain(PROBLEM_UNKNOWN_FIELD), &at);
        st = read_member(arena, field, value, &at, message);
        if (st)
            return st;
    }
    return OK;
}

/* Nesting is counted before the parser recurses. */
static bool
is_too_deep(struct slice body)
{
    int depth = 0;
    bool in_text = false;

    for (size_t i = 0; i < body.size; i++) {
        char c = body.data[i];

        if (in_text && c == '\\')
            i++;
        else if (c == '"')
            in_text = !in_text;
        else if (!in_text && (c == '{' || c == '['))
            depth++;
        else if (!in_text && (c == '}' || c == ']'))
            depth--;
        if (depth > TRANSCODE_DEPTH)
            return true;
    }
    return false;
}

static status_t
explain(struct arena *arena, const json_error_t *error)
{
    switch (json_error_code(error)) {
    case json_error_out_of_memory:
        return status_plain(PROBLEM_TOO_LARGE);
    case json_error_duplicate_key:
        return status_detail(arena, PROBLEM_MALFORMED, "a key stands twice, before byte %d", error->position);
    case json_error_numeric_overflow:
        return status_detail(arena, PROBLEM_OUT_OF_RANGE, "a number is too large, before byte %d", error->position);
    default:
        return status_detail(arena, PROBLEM_MALFORMED, "the body is not a JSON object, at byte %d", error->position);
    }
}

status_t
transcode_json(struct arena *arena, struct slice body, const struct router_entry *entry, ProtobufCMessage *message)
{
    json_error_t error = { 0 };
    json_t *root;

    if (body.size == 0)
        return OK;
    if (is_too_deep(body))
        return status_detail(arena, PROBLEM_MALFORMED, "the body is nested deeper than %d", TRANSCODE_DEPTH);
    json_arena = arena;
    root = json_loadb(body.data, body.size, JSON_REJECT_DUPLICATES, &error);
    json_arena = NULL;
    if (arena_exhausted(arena))
        return status_plain(PROBLEM_TOO_LARGE);
    if (!json_is_object(root))
        return explain(arena, &error);
    return read_message(arena, root, entry, NULL, message);
}
