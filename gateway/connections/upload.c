/* SPDX-License-Identifier: Apache-2.0 */
/* Pieces of a body. A piece goes when it is full and something follows it, or when the body has ended: so the last one
 * is known as such, and is empty only for an empty body. Pure; owns nothing. */
#include "gateway/connections/upload.h"

#include "base/banned.h"

void
upload_begin(struct upload *upload, bool is_chunked, size_t length)
{
    upload->is_chunked = is_chunked;
    upload->chunked = (struct chunked){ 0 };
    upload->limit = length;
    upload->received = 0;
    upload->offset = 0;
    upload->filled = 0;
}

static bool
has_ended(const struct upload *upload)
{
    return upload->is_chunked ? upload->chunked.state == CHUNKED_DONE : upload->received == upload->limit;
}

char *
upload_space(struct upload *upload, size_t *ret_size)
{
    size_t space = sizeof upload->room - upload->filled;
    size_t missing = upload->limit - upload->received;

    *ret_size = upload->is_chunked || space < missing ? space : missing;
    return upload->room + upload->filled;
}

void
upload_came(struct upload *upload, size_t size)
{
    if (upload->is_chunked)
        size = chunked_decode(&upload->chunked, upload->room + upload->filled, size);
    upload->filled += size;
    upload->received += size;
}

size_t
upload_take(struct upload *upload, struct slice bytes)
{
    size_t space;
    char *at = upload_space(upload, &space);
    size_t size = bytes.size < space ? bytes.size : space;

    if (size == 0)
        return 0;
    memcpy(at, bytes.data, size);
    upload_came(upload, size);
    return size;
}

enum upload_verdict
upload_look(const struct upload *upload)
{
    if (upload->is_chunked && upload->chunked.state == CHUNKED_BAD)
        return UPLOAD_MALFORMED;
    if (upload->received > upload->limit)
        return UPLOAD_TOO_LONG;
    return upload->filled > UPLOAD_PIECE || has_ended(upload) ? UPLOAD_READY : UPLOAD_MORE;
}

static size_t
front_size(const struct upload *upload)
{
    return upload->filled < UPLOAD_PIECE ? upload->filled : UPLOAD_PIECE;
}

struct slice
upload_piece(const struct upload *upload, bool *ret_last)
{
    *ret_last = has_ended(upload) && upload->filled <= UPLOAD_PIECE;
    return slice_make(upload->room, front_size(upload));
}

void
upload_gone(struct upload *upload)
{
    size_t size = front_size(upload);

    upload->offset += size;
    upload->filled -= size;
    memmove(upload->room, upload->room + size, upload->filled);
}
