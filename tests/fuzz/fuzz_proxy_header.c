/* SPDX-License-Identifier: Apache-2.0 */
/* A PROXY header: it is never longer than what was given, every beginning of a good one is not refused, and what
 * follows it changes nothing. */
#include <stdint.h>
#include <string.h>

#include "base/check.h"
#include "gateway/http/proxy_header.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct address address = { { 0 } };
    struct address again = { { 0 } };
    size_t length = 0;
    size_t shorter = 0;

    if (proxy_header_read(slice_make(data, size), &length, &address) != PROXY_GOOD)
        return 0;
    CHECK(length <= size && length <= PROXY_HEADER_LIMIT);
    CHECK(proxy_header_read(slice_make(data, length), &shorter, &again) == PROXY_GOOD);
    CHECK(shorter == length && memcmp(&address, &again, sizeof address) == 0);
    for (size_t part = 0; part < length; part++)
        CHECK(proxy_header_read(slice_make(data, part), &shorter, &again) == PROXY_MORE);
    return 0;
}
