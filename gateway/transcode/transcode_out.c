/* SPDX-License-Identifier: Apache-2.0 */
/* Messages into JSON. Pure; owns nothing. */
#include "gateway/transcode/transcode_out.h"

#include "base/json_writer.h"
#include "gateway/http/base64.h"
#include "gateway/transcode/enum_code.h"
#include "gateway/transcode/field.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define CURSOR_FIELD "next_cursor"

struct writing {
    struct arena *arena;
    struct json_writer json;
};

static void write_members(struct writing *writing, const ProtobufCMessage *message);

static void
write_nested(struct writing *writing, const char *key, const ProtobufCMessage *message)
{
    if (!message)
        return;
    json_object_begin(&writing->json, key);
    write_members(writing, message);
    json_object_end(&writing->json);
}

static void
write_string(struct writing *writing, const char *key, const ProtobufCFieldDescriptor *field, const char *text)
{
    if ((!text || !text[0]) && strcmp(field->name, CURSOR_FIELD) == 0)
        json_nil(&writing->json, key);
    else
        json_cstring(&writing->json, key, text);
}

static void
write_enum(struct writing *writing, const char *key, const ProtobufCFieldDescriptor *field, int value)
{
    char code[ENUM_CODE_SIZE];

    if (enum_code_format(field->descriptor, value, code))
        json_cstring(&writing->json, key, code);
}

static void
write_value(struct writing *writing, const char *key, const ProtobufCFieldDescriptor *field, const void *value)
{
    const ProtobufCBinaryData *bytes = value;

    switch (field->type) {
    case PROTOBUF_C_TYPE_STRING:
        write_string(writing, key, field, *(const char *const *)value);
        break;
    case PROTOBUF_C_TYPE_MESSAGE:
        write_nested(writing, key, *(const ProtobufCMessage *const *)value);
        break;
    case PROTOBUF_C_TYPE_BYTES:
        json_text(&writing->json, key, base64_encode(writing->arena, slice_make(bytes->data, bytes->len)));
        break;
    case PROTOBUF_C_TYPE_BOOL:
        json_bool(&writing->json, key, *(const protobuf_c_boolean *)value);
        break;
    case PROTOBUF_C_TYPE_ENUM:
        write_enum(writing, key, field, *(const int *)value);
        break;
    case PROTOBUF_C_TYPE_UINT32:
    case PROTOBUF_C_TYPE_FIXED32:
        json_int(&writing->json, key, *(const uint32_t *)value);
        break;
    default:
        json_int(&writing->json, key,
                 codec_item_size(field) == sizeof(int64_t) ? *(const int64_t *)value : *(const int32_t *)value);
        break;
    }
}

static void
write_repeated(struct writing *writing, const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    size_t count = *(const size_t *)(const void *)((const char *)message + field->quantifier_offset);
    const char *items = *(const char *const *)field_value(message, field);
    size_t size = codec_item_size(field);

    json_array_begin(&writing->json, field->name);
    for (size_t i = 0; i < count; i++)
        write_value(writing, NULL, field, items + i * size);
    json_array_end(&writing->json);
}

static void
write_members(struct writing *writing, const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];

        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            write_repeated(writing, field, message);
        else if (field_is_held(message, field))
            write_value(writing, field->name, field, field_value(message, field));
    }
}

void
transcode_message(struct arena *arena, const ProtobufCMessage *message, struct strbuf *out)
{
    struct writing writing = { .arena = arena };

    json_init(&writing.json, out);
    write_nested(&writing, NULL, message);
}
