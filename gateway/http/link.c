/* SPDX-License-Identifier: Apache-2.0 */
/* Links between pages. Pure; owns nothing. */
#include "gateway/http/link.h"

#include <string.h>

#include "base/strbuf.h"
#include "base/banned.h"

#define PARAMETER "cursor="

static void
add_escaped(struct strbuf *out, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if (strchr(plain, *text))
            strbuf_char(out, *text);
        else
            strbuf_add(out, (char[]){ '%', digits[c >> 4], digits[c & 15] }, 3);
    }
}

/* All parameters but the cursor, each followed by "&". */
static void
add_others(struct strbuf *out, struct slice query)
{
    while (query.size) {
        const char *end = memchr(query.data, '&', query.size);
        size_t size = end ? (size_t)(end - query.data) : query.size;

        if (size && (size < sizeof PARAMETER - 1 || memcmp(query.data, PARAMETER, sizeof PARAMETER - 1) != 0)) {
            strbuf_add(out, query.data, size);
            strbuf_char(out, '&');
        }
        size += end != NULL;
        query = slice_make(query.data + size, query.size - size);
    }
}

const char *
link_next(struct arena *arena, struct slice path, struct slice query, const char *cursor)
{
    struct strbuf out;
    const char *link;

    strbuf_init(&out, LINK_LIMIT);
    strbuf_char(&out, '<');
    strbuf_add(&out, path.data, path.size);
    strbuf_char(&out, '?');
    add_others(&out, query);
    strbuf_text(&out, PARAMETER);
    add_escaped(&out, cursor);
    strbuf_text(&out, ">; rel=\"next\"");
    link = out.failed ? NULL : arena_text_slice(arena, strbuf_slice(&out));
    strbuf_done(&out);
    return link;
}
