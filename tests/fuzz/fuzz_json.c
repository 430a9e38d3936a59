/* SPDX-License-Identifier: Apache-2.0 */
/* A JSON body: what becomes a message can be written as JSON and read again, and then says the same. */
#include <stdint.h>

#include "base/check.h"
#include "gateway/transcode/transcode_in.h"
#include "gateway/transcode/transcode_out.h"
#include "gateway_sample.h"
#include "rpc/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct arena *arena;

static void
write_json(const ProtobufCMessage *message, struct strbuf *out)
{
    strbuf_init(out, (size_t)64 << 20);
    transcode_message(arena, message, out);
    CHECK(!out->failed);
}

static void
check_again(const ProtobufCMessage *message)
{
    ProtobufCMessage *second = codec_new(arena, message->descriptor);
    struct router_entry entry = { 0 };
    struct strbuf once;
    struct strbuf twice;

    write_json(message, &once);
    if (!transcode_json(arena, strbuf_slice(&once), &entry, second) && !arena_exhausted(arena)) {
        write_json(second, &twice);
        CHECK(slice_equal(strbuf_slice(&once), strbuf_slice(&twice)));
        strbuf_done(&twice);
    }
    strbuf_done(&once);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct router_entry entry = { 0 };
    ProtobufCMessage *message;

    transcode_init();
    arena = arena_new((size_t)16 << 20);
    message = codec_new(arena, sample_add.request);
    if (!transcode_json(arena, slice_make(data, size), &entry, message))
        check_again(message);
    arena_free(arena);
    return 0;
}
