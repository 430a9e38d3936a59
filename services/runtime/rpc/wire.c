/* SPDX-License-Identifier: Apache-2.0 */
/* The pre-scan: one walk over the wire format beside the descriptor, nothing allocated. Pure. */
#include "rpc/wire.h"

#include "base/text.h"
#include "base/banned.h"

const struct wire_limits wire_limits_default = { .depth = 8, .fields = 200000, .repeated = 20000 };

#define PREFIX_BYTES 5 /* keys and lengths that protobuf-c reads */

enum wire_type { VARINT = 0, FIXED64 = 1, LENGTH = 2, FIXED32 = 5 };

struct scan {
    struct arena *arena;
    const struct wire_limits *limits;
    size_t fields; /* met so far, all levels */
};

struct field {
    uint32_t number;
    enum wire_type type;
    uint64_t number_value; /* VARINT */
    struct slice bytes;    /* LENGTH */
};

static bool
read_varint(struct slice *at, uint64_t *ret_value)
{
    uint64_t value = 0;

    for (unsigned shift = 0; shift < 70 && at->size; shift += 7) {
        uint8_t byte = (uint8_t)at->data[0];

        *at = slice_make(at->data + 1, at->size - 1);
        if (shift == 63 && byte > 1)
            return false;
        value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *ret_value = value;
            return true;
        }
    }
    return false;
}

/* A key or a length: in its short form, for protobuf-c does not read longer ones. */
static bool
read_prefix(struct slice *at, uint64_t *ret_value)
{
    size_t before = at->size;

    return read_varint(at, ret_value) && before - at->size <= PREFIX_BYTES;
}

static bool
skip(struct slice *at, size_t size)
{
    if (size > at->size)
        return false;
    *at = slice_make(at->data + size, at->size - size);
    return true;
}

static bool
read_field(struct slice *at, struct field *ret_field)
{
    uint64_t key;
    uint64_t length;

    if (!read_prefix(at, &key) || key >> 3 == 0 || key >> 3 > 536870911)
        return false;
    ret_field->number = (uint32_t)(key >> 3);
    ret_field->type = (enum wire_type)(key & 7);
    switch (ret_field->type) {
    case VARINT:
        return read_varint(at, &ret_field->number_value);
    case FIXED64:
        return skip(at, 8);
    case FIXED32:
        return skip(at, 4);
    case LENGTH:
        if (!read_prefix(at, &length) || length > at->size)
            return false;
        ret_field->bytes = slice_make(at->data, (size_t)length);
        return skip(at, (size_t)length);
    }
    return false; /* groups and reserved types */
}

static enum wire_type
type_of(const ProtobufCFieldDescriptor *field)
{
    switch (field->type) {
    case PROTOBUF_C_TYPE_FIXED32:
    case PROTOBUF_C_TYPE_SFIXED32:
    case PROTOBUF_C_TYPE_FLOAT:
        return FIXED32;
    case PROTOBUF_C_TYPE_FIXED64:
    case PROTOBUF_C_TYPE_SFIXED64:
    case PROTOBUF_C_TYPE_DOUBLE:
        return FIXED64;
    case PROTOBUF_C_TYPE_STRING:
    case PROTOBUF_C_TYPE_BYTES:
    case PROTOBUF_C_TYPE_MESSAGE:
        return LENGTH;
    default:
        return VARINT;
    }
}

static bool
enum_knows(const ProtobufCFieldDescriptor *field, uint64_t value)
{
    return value <= INT32_MAX && protobuf_c_enum_descriptor_get_value(field->descriptor, (int)value) != NULL;
}

/* Packed repeated scalars: only enums and counts need a look. */
static status_t
scan_packed(struct scan *scan, const ProtobufCFieldDescriptor *descriptor, struct slice bytes)
{
    enum wire_type type = type_of(descriptor);
    size_t count = 0;

    while (bytes.size) {
        uint64_t value = 0;
        bool good = type == VARINT ? read_varint(&bytes, &value) : skip(&bytes, type == FIXED32 ? 4 : 8);

        if (!good)
            return status_field(scan->arena, PROBLEM_MALFORMED, descriptor->name);
        if (descriptor->type == PROTOBUF_C_TYPE_ENUM && !enum_knows(descriptor, value))
            return status_field(scan->arena, PROBLEM_BAD_VALUE, descriptor->name);
        if (++count > scan->limits->repeated)
            return status_field(scan->arena, PROBLEM_TOO_MANY, descriptor->name);
    }
    return OK;
}

static status_t
scan_message(struct scan *scan, const ProtobufCMessageDescriptor *message, struct slice bytes, int depth);

static status_t
scan_value(struct scan *scan, const ProtobufCFieldDescriptor *descriptor, const struct field *field, int depth)
{
    if (descriptor->type == PROTOBUF_C_TYPE_MESSAGE)
        return scan_message(scan, descriptor->descriptor, field->bytes, depth + 1);
    if (descriptor->type == PROTOBUF_C_TYPE_STRING && !text_is_clean(field->bytes))
        return status_field(scan->arena, PROBLEM_BAD_TEXT, descriptor->name);
    if (descriptor->type == PROTOBUF_C_TYPE_ENUM && !enum_knows(descriptor, field->number_value))
        return status_field(scan->arena, PROBLEM_BAD_VALUE, descriptor->name);
    if (descriptor->type == PROTOBUF_C_TYPE_BOOL && field->number_value > 1)
        return status_field(scan->arena, PROBLEM_BAD_VALUE, descriptor->name);
    return OK;
}

static status_t
scan_field(struct scan *scan, const ProtobufCMessageDescriptor *message, const struct field *field, int depth)
{
    const ProtobufCFieldDescriptor *descriptor = protobuf_c_message_descriptor_get_field(message, field->number);
    bool repeated;

    if (!descriptor)
        return scan->limits->unknown ? OK : status_field(scan->arena, PROBLEM_UNKNOWN_FIELD, message->short_name);
    repeated = descriptor->label == PROTOBUF_C_LABEL_REPEATED;
    if (repeated && field->type == LENGTH && type_of(descriptor) != LENGTH)
        return scan_packed(scan, descriptor, field->bytes);
    if (field->type != type_of(descriptor))
        return status_field(scan->arena, PROBLEM_MALFORMED, descriptor->name);
    return scan_value(scan, descriptor, field, depth);
}

/* A singular field twice is an ambiguity that we refuse; a repeated one is counted. Field numbers up to 63 are counted
 * here (ours are smaller; a test of the type graph says so). */
static status_t
count_field(struct scan *scan, const ProtobufCMessageDescriptor *message, const struct field *field, size_t counts[64])
{
    const ProtobufCFieldDescriptor *descriptor = protobuf_c_message_descriptor_get_field(message, field->number);
    size_t most;

    if (++scan->fields > scan->limits->fields)
        return status_field(scan->arena, PROBLEM_TOO_MANY, message->short_name);
    if (!descriptor || field->number >= 64)
        return OK;
    most = descriptor->label == PROTOBUF_C_LABEL_REPEATED ? scan->limits->repeated : 1;
    if (++counts[field->number] > most)
        return status_field(scan->arena, most == 1 ? PROBLEM_MALFORMED : PROBLEM_TOO_MANY, descriptor->name);
    return OK;
}

static status_t
scan_message(struct scan *scan, const ProtobufCMessageDescriptor *message, struct slice bytes, int depth)
{
    size_t counts[64] = { 0 };

    if (depth > scan->limits->depth)
        return status_field(scan->arena, PROBLEM_MALFORMED, message->short_name);
    while (bytes.size) {
        struct field field = { 0 };
        status_t st;

        if (!read_field(&bytes, &field))
            return status_field(scan->arena, PROBLEM_MALFORMED, message->short_name);
        st = count_field(scan, message, &field, counts);
        if (!st)
            st = scan_field(scan, message, &field, depth);
        if (st)
            return st;
    }
    return OK;
}

status_t
wire_scan(struct arena *arena, const ProtobufCMessageDescriptor *message, struct slice bytes,
          const struct wire_limits *limits)
{
    struct scan scan = { .arena = arena, .limits = limits };

    return scan_message(&scan, message, bytes, 1);
}
