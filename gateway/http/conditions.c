/* SPDX-License-Identifier: Apache-2.0 */
/* Idempotency-Key, If-Match, If-None-Match. Pure; owns nothing. */
#include "gateway/http/conditions.h"

#include <stdlib.h>

#include "base/text.h"
#include "base/banned.h"

#define VERSION_DIGITS 18

static bool
is_key(struct slice text)
{
    if (text.size > CONDITIONS_KEY_LIMIT)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~')
            return false;
    return true;
}

/* Reads a strong entity tag that is one of ours: "12", or "12-" and a mark. */
static bool
read_tag(struct slice text, int64_t *ret_version, struct slice *ret_mark)
{
    char digits[VERSION_DIGITS + 1] = { 0 };
    struct slice inner;
    const char *dash;

    if (text.size < 3 || text.data[0] != '"' || text.data[text.size - 1] != '"')
        return false;
    inner = slice_make(text.data + 1, text.size - 2);
    dash = memchr(inner.data, '-', inner.size);
    *ret_mark = slice_of("");
    if (dash) {
        *ret_mark = slice_make(dash + 1, (size_t)(inner.data + inner.size - dash - 1));
        inner.size = (size_t)(dash - inner.data);
    }
    if (!text_is_digits(inner) || inner.size > VERSION_DIGITS)
        return false;
    memcpy(digits, inner.data, inner.size);
    *ret_version = strtoll(digits, NULL, 10);
    return true;
}

status_t
conditions_read(struct arena *arena, const struct request *request, const struct rpc_method *method,
                struct rpc_request *ret_call)
{
    struct slice mark;

    if (method->effect == METHOD_COMMAND && request->idempotency_key.size == 0)
        return status_plain(PROBLEM_IDEMPOTENCY_KEY_REQUIRED);
    if (!is_key(request->idempotency_key))
        return status_detail(arena, PROBLEM_BAD_FORMAT, "Idempotency-Key: at most %d visible ASCII characters",
                             CONDITIONS_KEY_LIMIT);
    if (method->if_match && request->if_match.size == 0)
        return status_plain(PROBLEM_VERSION_REQUIRED);
    ret_call->has_version = request->if_match.size != 0;
    if (ret_call->has_version && !read_tag(request->if_match, &ret_call->version, &mark))
        return status_detail(arena, PROBLEM_BAD_FORMAT, "If-Match: one ETag as we gave it");
    ret_call->idempotency_key =
        method->effect == METHOD_COMMAND ? arena_text_slice(arena, request->idempotency_key) : "";
    return OK;
}

static struct slice
next_tag(struct slice *list)
{
    const char *comma = memchr(list->data, ',', list->size);
    size_t size = comma ? (size_t)(comma - list->data) : list->size;
    struct slice tag = text_trim(slice_make(list->data, size));

    size += comma != NULL;
    *list = slice_make(list->data + size, list->size - size);
    if (tag.size > 2 && memcmp(tag.data, "W/", 2) == 0)
        tag = slice_make(tag.data + 2, tag.size - 2);
    return tag;
}

bool
conditions_unchanged(const struct request *request, int64_t version, const char *mark)
{
    struct slice list = request->if_none_match;

    while (list.size) {
        struct slice seen_mark;
        int64_t seen;

        if (read_tag(next_tag(&list), &seen, &seen_mark) && seen == version && slice_is(seen_mark, mark))
            return true;
    }
    return false;
}
