/* SPDX-License-Identifier: Apache-2.0 */
/* Path templates, taken apart. Pure; owns nothing. */
#include "url.h"

#include "base/banned.h"

bool
url_next_segment(const char **cursor, struct slice *ret_segment)
{
    const char *from = *cursor;
    size_t length;

    if (*from != '/')
        return false;
    from++;
    length = strcspn(from, "/");
    *ret_segment = slice_make(from, length);
    *cursor = from + length;
    return true;
}

bool
url_is_parameter(struct slice segment, struct slice *ret_name)
{
    if (segment.size < 3 || segment.data[0] != '{' || segment.data[segment.size - 1] != '}')
        return false;
    *ret_name = slice_make(segment.data + 1, segment.size - 2);
    return true;
}

bool
url_has_parameter(const char *url, const char *name)
{
    struct slice segment;
    struct slice parameter;

    while (url_next_segment(&url, &segment))
        if (url_is_parameter(segment, &parameter) && slice_is(parameter, name))
            return true;
    return false;
}

static bool
has_brace(struct slice text)
{
    return memchr(text.data, '{', text.size) || memchr(text.data, '}', text.size);
}

bool
url_is_template(const char *url)
{
    struct slice segment;
    struct slice text;

    if (*url != '/')
        return false;
    while (url_next_segment(&url, &segment)) {
        text = segment;
        url_is_parameter(segment, &text);
        if (!text.size || has_brace(text))
            return false;
    }
    return true;
}

static int
compare_literals(struct slice a, struct slice b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = memcmp(a.data, b.data, shared);

    if (order)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

static int
compare_segments(struct slice a, struct slice b)
{
    struct slice name;
    bool a_open = url_is_parameter(a, &name);
    bool b_open = url_is_parameter(b, &name);

    if (a_open || b_open)
        return (int)a_open - (int)b_open;
    return compare_literals(a, b);
}

int
url_compare(const char *a, const char *b)
{
    struct slice left;
    struct slice right;

    for (;;) {
        bool more_left = url_next_segment(&a, &left);
        bool more_right = url_next_segment(&b, &right);
        int order;

        if (!more_left || !more_right)
            return (int)more_left - (int)more_right;
        order = compare_segments(left, right);
        if (order)
            return order;
    }
}
