/* SPDX-License-Identifier: Apache-2.0 */
/* A head: what the scan lets in, llhttp must read as exactly one request whose parts lie inside the head. */
#include <stdint.h>

#include "base/check.h"
#include "gateway/http/head_parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_inside(struct slice part, struct slice whole)
{
    CHECK(part.size == 0 || (part.data >= whole.data && part.data + part.size <= whole.data + whole.size));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice bytes = slice_make(data, size < HEAD_LIMIT ? size : HEAD_LIMIT);
    struct request request;
    size_t end = head_end(bytes, 0);

    if (end == 0 || head_parse(slice_make(data, end), &request) != HEAD_GOOD)
        return 0;
    check_inside(request.verb, bytes);
    check_inside(request.path, bytes);
    check_inside(request.query, bytes);
    check_inside(request.authorization, bytes);
    CHECK(request.path.size && request.path.data[0] == '/');
    CHECK(memchr(data, '\0', end) == NULL);
    return 0;
}
