/* SPDX-License-Identifier: Apache-2.0 */
/* The pre-scan of rpc/wire.h: what it lets through protobuf-c unpacks, and every text of it is clean. The first byte
 * chooses the message. */
#include <stdint.h>

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/check.h"
#include "base/text.h"
#include "rpc/codec.h"
#include "rpc/envelope.h"
#include "rpc/wire.h"
#include "shapes.pb-c.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const ProtobufCMessageDescriptor *const messages[] = {
    &shapes__shape__descriptor,
    &shapes__nest__descriptor,
    &liangxin__rpc__v1__request_header__descriptor,
    &liangxin__rpc__v1__reply_header__descriptor,
    &liangxin__rpc__v1__actor_token__descriptor,
};

static const char *const *
texts_of(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field, size_t *ret_count)
{
    const char *at = (const char *)message + field->offset;
    const char *quantity = (const char *)message + field->quantifier_offset;

    *ret_count = 1;
    if (field->label == PROTOBUF_C_LABEL_REPEATED) {
        *ret_count = *(const size_t *)quantity;
        return *(const char *const *const *)at;
    }
    if ((field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF) && *(const uint32_t *)quantity != field->id)
        *ret_count = 0;
    return (const char *const *)at;
}

static void
check_texts(const ProtobufCMessage *message)
{
    for (unsigned i = 0; i < message->descriptor->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &message->descriptor->fields[i];
        const char *const *texts;
        size_t count;

        if (field->type != PROTOBUF_C_TYPE_STRING)
            continue;
        texts = texts_of(message, field, &count);
        for (size_t k = 0; k < count; k++)
            CHECK(text_is_clean(slice_of(texts[k])));
    }
}

/* Packed again it is read again as the same. */
static void
check_again(struct arena *arena, const ProtobufCMessage *message)
{
    struct slice once = codec_pack(arena, message);
    ProtobufCMessage *second;

    CHECK(!codec_unpack(arena, message->descriptor, once, &second) || arena_exhausted(arena));
    if (!arena_exhausted(arena))
        CHECK(slice_equal(codec_pack(arena, second), once));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *arena;
    const ProtobufCMessageDescriptor *descriptor;
    struct rpc_request request;
    struct rpc_reply reply;
    ProtobufCMessage *message;
    struct slice bytes;
    struct slice header;
    struct slice body;

    if (!arena)
        arena = arena_new((size_t)64 << 20);
    arena_reset(arena);
    if (size == 0)
        return 0;
    descriptor = messages[data[0] % (sizeof messages / sizeof *messages)];
    bytes = slice_make(data + 1, size - 1);
    if (envelope_split(bytes, &header, &body))
        CHECK(header.size + body.size + 4 == bytes.size);
    (void)envelope_request_unpack(arena, bytes, &request);
    (void)envelope_reply_unpack(arena, bytes, &reply);
    if (wire_scan(arena, descriptor, bytes, &wire_limits_default))
        return 0;
    CHECK(!codec_unpack(arena, descriptor, bytes, &message) || arena_exhausted(arena));
    if (arena_exhausted(arena))
        return 0;
    check_texts(message);
    check_again(arena, message);
    return 0;
}
