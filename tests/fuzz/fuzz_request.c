/* SPDX-License-Identifier: Apache-2.0 */
/* A target (path and query) and a body, split at the first NUL, through the router and the whole of transcode_in. */
#include <stdint.h>

#include "gateway/transcode/transcode_in.h"
#include "gateway_sample.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
transcode(const struct router *router, const char *verb, struct slice target, struct slice body)
{
    const char *mark = memchr(target.data, '?', target.size);
    size_t path = mark ? (size_t)(mark - target.data) : target.size;
    struct request request = { .verb = slice_of(verb), .body = body };
    struct arena *arena = arena_new((size_t)16 << 20);
    struct router_match match = { 0 };
    ProtobufCMessage *message;

    request.path = slice_make(target.data, path);
    request.query = mark ? slice_make(mark + 1, target.size - path - 1) : slice_of("");
    request.content_type = slice_of("application/json");
    if (!router_find(router, request.verb, request.path, &match)) {
        if (match.entry->raw_body)
            request.content_type = slice_of("text/csv");
        (void)transcode_request(arena, &request, &match, &message);
    }
    arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const verbs[] = { "GET", "POST" };
    const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
    size_t target = nul ? (size_t)(nul - data) : size;
    struct slice body = nul ? slice_make(nul + 1, size - target - 1) : slice_of("");
    struct arena *arena = arena_new((size_t)1 << 20);
    struct router *router = router_new(arena, sample_routes, sample_routes_count);

    transcode_init();
    for (size_t i = 0; size && i < sizeof verbs / sizeof *verbs; i++)
        transcode(router, verbs[i], slice_make(data, target), body);
    arena_free(arena);
    return 0;
}
