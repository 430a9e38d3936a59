/* SPDX-License-Identifier: Apache-2.0 */
/* Growable text. One thread at a time; owns its heap block. */
#include "base/strbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/banned.h"

void
strbuf_init(struct strbuf *buf, size_t limit)
{
    *buf = (struct strbuf){ .limit = limit };
}

void
strbuf_done(struct strbuf *buf)
{
    free(buf->data);
    *buf = (struct strbuf){ 0 };
}

void
strbuf_reset(struct strbuf *buf)
{
    buf->size = 0;
    buf->failed = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static bool
make_room(struct strbuf *buf, size_t more)
{
    size_t want;
    char *data;

    if (buf->failed || more > buf->limit - buf->size) {
        buf->failed = true;
        return false;
    }
    if (buf->size + more + 1 <= buf->room)
        return true;
    want = buf->room ? buf->room : 256;
    while (want < buf->size + more + 1)
        want *= 2;
    data = realloc(buf->data, want);
    CHECK(data != NULL);
    buf->data = data;
    buf->room = want;
    return true;
}

void
strbuf_add(struct strbuf *buf, const void *data, size_t size)
{
    if (!make_room(buf, size))
        return;
    if (size)
        memcpy(buf->data + buf->size, data, size);
    buf->size += size;
    buf->data[buf->size] = '\0';
}

void
strbuf_text(struct strbuf *buf, const char *text)
{
    strbuf_add(buf, text, strlen(text));
}

void
strbuf_char(struct strbuf *buf, char c)
{
    strbuf_add(buf, &c, 1);
}

void
strbuf_printf(struct strbuf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    int length;

    va_start(args, format);
    va_copy(again, args);
    length = vsnprintf(NULL, 0, format, args);
    CHECK(length >= 0);
    if (make_room(buf, (size_t)length)) {
        vsnprintf(buf->data + buf->size, (size_t)length + 1, format, again);
        buf->size += (size_t)length;
    }
    va_end(again);
    va_end(args);
}

void
strbuf_consume(struct strbuf *buf, size_t n)
{
    CHECK(n <= buf->size);
    buf->size -= n;
    if (n && buf->data)
        memmove(buf->data, buf->data + n, buf->size + 1);
}

struct slice
strbuf_slice(const struct strbuf *buf)
{
    return slice_make(buf->data ? buf->data : "", buf->size);
}
