/* SPDX-License-Identifier: Apache-2.0 */
/* A body in chunks, whole and byte by byte: both readings agree, and neither gives more than came. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "gateway/http/chunked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t
decode(const uint8_t *data, size_t size, size_t step, struct chunked *chunked, char *ret_bytes)
{
    size_t kept = 0;

    for (size_t i = 0; i < size; i += step) {
        size_t part = size - i < step ? size - i : step;

        memmove(ret_bytes + kept, data + i, part);
        kept += chunked_decode(chunked, ret_bytes + kept, part);
    }
    return kept;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chunked whole = { 0 };
    struct chunked single = { 0 };
    char *bytes = malloc(size + 1);
    char *again = malloc(size + 1);
    size_t kept;

    CHECK(bytes && again);
    kept = size ? decode(data, size, size, &whole, bytes) : 0;
    CHECK(kept <= size && decode(data, size, 1, &single, again) == kept);
    CHECK(memcmp(bytes, again, kept) == 0 && whole.state == single.state);
    free(bytes);
    free(again);
    return 0;
}
