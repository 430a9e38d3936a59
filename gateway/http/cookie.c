/* SPDX-License-Identifier: Apache-2.0 */
/* The browser's log-in. Pure; owns nothing. */
#include "gateway/http/cookie.h"

#include <strings.h>

#include "base/text.h"
#include "base/banned.h"

static struct slice
next_pair(struct slice *list)
{
    const char *end = list->size ? memchr(list->data, ';', list->size) : NULL;
    size_t size = end ? (size_t)(end - list->data) : list->size;
    struct slice pair = text_trim(slice_make(list->data, size));

    size += end != NULL;
    *list = slice_make(list->data + size, list->size - size);
    return pair;
}

struct slice
cookie_value(struct slice cookie)
{
    static const char name[] = COOKIE_NAME "=";
    struct slice value = slice_of("");

    while (cookie.size) {
        struct slice pair = next_pair(&cookie);

        if (pair.size < sizeof name || memcmp(pair.data, name, sizeof name - 1) != 0)
            continue;
        if (value.size)
            return slice_of("");
        value = slice_make(pair.data + sizeof name - 1, pair.size - (sizeof name - 1));
    }
    return value;
}

const char *
cookie_line(struct arena *arena, struct slice token, bool secure)
{
    return arena_printf(arena, COOKIE_NAME "=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", (int)token.size, token.data,
                        token.size ? "" : "; Max-Age=0", secure ? "; Secure" : "");
}

bool
cookie_is_page(const struct request *request)
{
    return slice_is(request->requested_with, "liangxin");
}

bool
cookie_is_own_origin(const struct request *request)
{
    struct slice origin = request->origin;
    const char *mark = origin.size ? memmem(origin.data, origin.size, "://", 3) : NULL;
    size_t skip = mark ? (size_t)(mark - origin.data) + 3 : 0;

    if (!origin.data)
        return true;
    return mark && request->host.size == origin.size - skip &&
           strncasecmp(origin.data + skip, request->host.data, request->host.size) == 0;
}

bool
cookie_counts(const struct request *request)
{
    if (slice_is(request->verb, "GET"))
        return true;
    return request->origin.size && cookie_is_own_origin(request) && cookie_is_page(request);
}
