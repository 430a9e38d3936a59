/* SPDX-License-Identifier: Apache-2.0 */
/* A view of bytes that somebody else owns: pointer and length, never NUL-hunted. */
#ifndef LIANGXIN_BASE_SLICE_H
#define LIANGXIN_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data;
    size_t size;
};

static inline struct slice
slice_make(const void *data, size_t size)
{
    return (struct slice){ .data = data, .size = size };
}

/* A view of a C string; NULL gives the empty slice. */
static inline struct slice
slice_of(const char *text)
{
    return (struct slice){ .data = text ? text : "", .size = text ? strlen(text) : 0 };
}

static inline bool
slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool
slice_is(struct slice a, const char *text)
{
    return slice_equal(a, slice_of(text));
}

#endif
