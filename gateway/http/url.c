/* SPDX-License-Identifier: Apache-2.0 */
/* Targets, decoded. Pure; what it makes lives in the caller's arena. */
#include "gateway/http/url.h"

#include "base/banned.h"

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool
needs_decoding(struct slice text, bool plus)
{
    return text.size && (memchr(text.data, '%', text.size) || (plus && memchr(text.data, '+', text.size)));
}

bool
url_decode(struct arena *arena, struct slice text, bool plus, struct slice *ret_text)
{
    size_t size = 0;
    char *to;

    *ret_text = text;
    if (!needs_decoding(text, plus))
        return true;
    to = arena_alloc(arena, text.size);
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (c == '%') {
            int high = i + 2 < text.size ? hex_digit(text.data[i + 1]) : -1;
            int low = i + 2 < text.size ? hex_digit(text.data[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high << 4 | low);
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        to[size++] = c;
    }
    *ret_text = slice_make(to, size);
    return true;
}

static bool
read_pair(struct arena *arena, struct slice pair, struct url_parameter *ret_parameter)
{
    const char *equals = memchr(pair.data, '=', pair.size);
    size_t name = equals ? (size_t)(equals - pair.data) : pair.size;
    struct slice value = equals ? slice_make(equals + 1, pair.size - name - 1) : slice_of("");

    return url_decode(arena, slice_make(pair.data, name), true, &ret_parameter->name) &&
           url_decode(arena, value, true, &ret_parameter->value);
}

status_t
url_query(struct arena *arena, struct slice query, struct url_parameter ret_list[URL_PARAMETERS], size_t *ret_count)
{
    *ret_count = 0;
    while (query.size) {
        const char *ampersand = memchr(query.data, '&', query.size);
        size_t size = ampersand ? (size_t)(ampersand - query.data) : query.size;

        if (*ret_count == URL_PARAMETERS)
            return status_plain(PROBLEM_TOO_MANY);
        if (size && !read_pair(arena, slice_make(query.data, size), &ret_list[(*ret_count)++]))
            return status_detail(arena, PROBLEM_MALFORMED, "the query is not percent-encoded");
        size += ampersand != NULL;
        query = slice_make(query.data + size, query.size - size);
    }
    return OK;
}
