/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes to UTF-8 by the C library's iconv. A decoder belongs to one thread and ends with its arena. */
#include "organizations/tables/encoding.h"

#include <iconv.h>

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define GROWTH          2 /* two bytes of GB18030 become at most three or four of UTF-8 */

struct decoder {
    struct arena *arena;
    enum encoding encoding;
    iconv_t from_gb18030;
};

static void
dispose(void *object)
{
    struct decoder *decoder = object;

    iconv_close(decoder->from_gb18030);
}

struct decoder *
decoder_open(struct arena *arena, enum encoding encoding)
{
    struct decoder *decoder = arena_alloc(arena, sizeof *decoder);

    *decoder = (struct decoder){ .arena = arena, .encoding = encoding };
    if (encoding == ENCODING_GB18030) {
        decoder->from_gb18030 = iconv_open("UTF-8", "GB18030");
        CHECK(decoder->from_gb18030 != (iconv_t)-1); /* part of the C library's package */
        arena_dispose(arena, dispose, decoder);
    }
    return decoder;
}

static bool
is_ascii(struct slice bytes)
{
    for (size_t i = 0; i < bytes.size; i++)
        if ((unsigned char)bytes.data[i] >= 0x80)
            return false;
    return true;
}

bool
decoder_read(struct decoder *decoder, struct slice bytes, struct slice *ret_text)
{
    size_t room = bytes.size * GROWTH;
    size_t in_left = bytes.size;
    char *in = (char *)(uintptr_t)bytes.data;
    char *text;
    char *out;

    *ret_text = bytes;
    if (decoder->encoding == ENCODING_UTF8 || is_ascii(bytes))
        return text_is_utf8(bytes);
    text = out = arena_alloc(decoder->arena, room);
    iconv(decoder->from_gb18030, NULL, NULL, NULL, NULL);
    if (iconv(decoder->from_gb18030, &in, &in_left, &out, &room) == (size_t)-1)
        return false;
    *ret_text = slice_make(text, (size_t)(out - text));
    return text_is_utf8(*ret_text);
}

struct slice
encoding_skip_mark(struct slice text)
{
    size_t mark = sizeof BYTE_ORDER_MARK - 1;

    if (text.size >= mark && memcmp(text.data, BYTE_ORDER_MARK, mark) == 0)
        return slice_make(text.data + mark, text.size - mark);
    return text;
}
