/* SPDX-License-Identifier: Apache-2.0 */
/* Fields by descriptor: the only file that knows how protobuf-c lays out a message. Pure; owns nothing. */
#include "gateway/transcode/field.h"

#include <errno.h>
#include <stdlib.h>

#include "base/text.h"
#include "gateway/http/base64.h"
#include "gateway/transcode/enum_code.h"
#include "base/banned.h"

#define NUMBER_DIGITS 20

/* Integer types: size and range. */
static const struct {
    size_t size; /* 0: not an integer */
    int64_t minimum;
    int64_t maximum;
} integers[] = {
    [PROTOBUF_C_TYPE_INT32] = { 4, INT32_MIN, INT32_MAX },
    [PROTOBUF_C_TYPE_SINT32] = { 4, INT32_MIN, INT32_MAX },
    [PROTOBUF_C_TYPE_SFIXED32] = { 4, INT32_MIN, INT32_MAX },
    [PROTOBUF_C_TYPE_UINT32] = { 4, 0, UINT32_MAX },
    [PROTOBUF_C_TYPE_FIXED32] = { 4, 0, UINT32_MAX },
    [PROTOBUF_C_TYPE_INT64] = { 8, -FIELD_INTEGER_LIMIT, FIELD_INTEGER_LIMIT },
    [PROTOBUF_C_TYPE_SINT64] = { 8, -FIELD_INTEGER_LIMIT, FIELD_INTEGER_LIMIT },
    [PROTOBUF_C_TYPE_SFIXED64] = { 8, -FIELD_INTEGER_LIMIT, FIELD_INTEGER_LIMIT },
    [PROTOBUF_C_TYPE_UINT64] = { 8, 0, FIELD_INTEGER_LIMIT },
    [PROTOBUF_C_TYPE_FIXED64] = { 8, 0, FIELD_INTEGER_LIMIT },
    [PROTOBUF_C_TYPE_MESSAGE] = { 0, 0, 0 }, /* the last type: the table has a row for each */
};

void *
field_slot(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (char *)message + field->offset;
}

const void *
field_value(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (const char *)message + field->offset;
}

size_t *
field_count(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return (size_t *)(void *)((char *)message + field->quantifier_offset);
}

bool
field_is_held(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    return !(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) ||
           *(const uint32_t *)(const void *)((const char *)message + field->quantifier_offset) == field->id;
}

bool
field_hold(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field)
{
    uint32_t *held = (uint32_t *)(void *)((char *)message + field->quantifier_offset);

    if (!(field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF))
        return true;
    if (*held)
        return false;
    *held = field->id;
    return true;
}

bool
field_is_integer(const ProtobufCFieldDescriptor *field)
{
    return integers[field->type].size != 0;
}

status_t
field_put_integer(const ProtobufCFieldDescriptor *field, int64_t number, void *slot)
{
    if (!field_is_integer(field))
        return status_plain(PROBLEM_BAD_FORMAT);
    if (number < integers[field->type].minimum || number > integers[field->type].maximum)
        return status_plain(PROBLEM_OUT_OF_RANGE);
    if (integers[field->type].size == 8)
        *(int64_t *)slot = number;
    else
        *(uint32_t *)slot = (uint32_t)number;
    return OK;
}

static status_t
put_bytes(struct arena *arena, struct slice text, ProtobufCBinaryData *slot)
{
    struct slice bytes;

    if (!base64_decode(arena, text, &bytes))
        return status_plain(PROBLEM_BAD_FORMAT);
    *slot = (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
    return OK;
}

status_t
field_put_text(struct arena *arena, const ProtobufCFieldDescriptor *field, struct slice text, void *slot)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        *(const char **)slot = text.data;
        return text_is_clean(text) ? OK : status_plain(PROBLEM_BAD_TEXT);
    case PROTOBUF_C_TYPE_ENUM:
        return enum_code_parse(field->descriptor, text, slot) ? OK : status_plain(PROBLEM_BAD_VALUE);
    case PROTOBUF_C_TYPE_BYTES:
        return put_bytes(arena, text, slot);
    default:
        return status_plain(PROBLEM_BAD_FORMAT);
    }
}

static status_t
put_number(const ProtobufCFieldDescriptor *field, struct slice text, void *slot)
{
    bool minus = text.size && text.data[0] == '-';
    struct slice digits = slice_make(text.data + minus, text.size - minus);
    char copy[NUMBER_DIGITS + 1] = { 0 };

    if (!text_is_digits(digits) || (digits.size > 1 && digits.data[0] == '0'))
        return status_plain(PROBLEM_BAD_FORMAT);
    if (text.size >= sizeof copy - 1)
        return status_plain(PROBLEM_OUT_OF_RANGE);
    memcpy(copy, text.data, text.size);
    return field_put_integer(field, strtoll(copy, NULL, 10), slot);
}

static status_t
put_truth(struct slice text, protobuf_c_boolean *slot)
{
    *slot = slice_is(text, "true");
    return *slot || slice_is(text, "false") ? OK : status_plain(PROBLEM_BAD_VALUE);
}

status_t
field_put_parameter(struct arena *arena, const ProtobufCFieldDescriptor *field, struct slice text, void *slot)
{
    if (field_is_integer(field))
        return put_number(field, text, slot);
    if (field->type == PROTOBUF_C_TYPE_BOOL)
        return put_truth(text, slot);
    return field_put_text(arena, field, slice_make(arena_text_slice(arena, text), text.size), slot);
}
