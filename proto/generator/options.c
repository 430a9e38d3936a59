/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the extensions by number and unpacks them. The arena owns the results. */
#include "options.h"

#include "arena_allocator.h"

#include "base/banned.h"

/* The `extend` blocks of rpc/v1/options.proto. */
enum { METHOD_RULE = 50001, FIELD_RULE = 50002 };

/* Bytes of the varint that begins `data`; protobuf-c keeps the length of a length-delimited unknown field in it. */
static size_t
varint_size(const ProtobufCMessageUnknownField *unknown)
{
    size_t size = 0;

    while (size < unknown->len && unknown->data[size] & 0x80)
        size++;
    return size < unknown->len ? size + 1 : size;
}

/* All values of the extension in a row: protobuf merges concatenated messages, so an option may be set in parts. */
static struct slice
extension_bytes(struct arena *arena, const ProtobufCMessage *options, uint32_t tag, bool *ret_found)
{
    char *bytes = NULL;
    size_t size = 0;

    *ret_found = false;
    for (unsigned i = 0; i < options->n_unknown_fields; i++) {
        const ProtobufCMessageUnknownField *unknown = &options->unknown_fields[i];
        size_t skip = varint_size(unknown);
        char *joined;

        if (unknown->tag != tag || unknown->wire_type != PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED)
            continue;
        joined = arena_alloc(arena, size + unknown->len);
        if (size)
            memcpy(joined, bytes, size);
        memcpy(joined + size, unknown->data + skip, unknown->len - skip);
        size += unknown->len - skip;
        bytes = joined;
        *ret_found = true;
    }
    return slice_make(bytes, size);
}

static const void *
extension_unpack(struct arena *arena, const ProtobufCMessage *options, uint32_t tag,
                 const ProtobufCMessageDescriptor *descriptor)
{
    ProtobufCAllocator allocator = arena_allocator(arena);
    bool found;
    struct slice bytes = extension_bytes(arena, options, tag, &found);

    if (!found)
        return NULL;
    return protobuf_c_message_unpack(descriptor, &allocator, bytes.size, (const uint8_t *)bytes.data);
}

const MethodRule *
options_method(struct arena *arena, const Google__Protobuf__MethodOptions *options)
{
    if (!options)
        return NULL;
    return extension_unpack(arena, &options->base, METHOD_RULE, &liangxin__rpc__v1__method_rule__descriptor);
}

const FieldRule *
options_field(struct arena *arena, const Google__Protobuf__FieldOptions *options)
{
    if (!options)
        return NULL;
    return extension_unpack(arena, &options->base, FIELD_RULE, &liangxin__rpc__v1__field_rule__descriptor);
}
