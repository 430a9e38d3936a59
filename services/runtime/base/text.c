/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8 by its definition (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Pure. */
#include "base/text.h"

#include "base/banned.h"

static bool
is_tail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t
text_decode(struct slice text, uint32_t *ret_code)
{
    static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *byte = (const unsigned char *)text.data;
    size_t length;
    uint32_t code;

    if (text.size == 0)
        return 0;
    if (byte[0] < 0x80) {
        *ret_code = byte[0];
        return 1;
    }
    length = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    if (byte[0] < 0xC2 || byte[0] > 0xF4 || text.size < length)
        return 0;
    code = byte[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if (!is_tail(byte[i]))
            return 0;
        code = code << 6 | (byte[i] & 0x3Fu);
    }
    if (code < smallest[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return 0;
    *ret_code = code;
    return length;
}

static bool
is_forbidden(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n' && code != '\r';
    return code == 0x7F || (code >= 0x80 && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xFEFF || (code & 0xFFFE) == 0xFFFE;
}

static bool
all_characters(struct slice text, bool (*refused)(uint32_t))
{
    while (text.size) {
        uint32_t code = 0;
        size_t n = text_decode(text, &code);

        if (n == 0 || refused(code))
            return false;
        text = slice_make(text.data + n, text.size - n);
    }
    return true;
}

static bool
is_nul(uint32_t code)
{
    return code == 0;
}

bool
text_is_utf8(struct slice text)
{
    return all_characters(text, is_nul);
}

bool
text_is_clean(struct slice text)
{
    return all_characters(text, is_forbidden);
}

size_t
text_length(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += !is_tail((unsigned char)text.data[i]);
    return count;
}

static size_t
space_at_start(struct slice text)
{
    if (text.size >= 3 && memcmp(text.data, "\xE3\x80\x80", 3) == 0)
        return 3;
    return text.size && strchr(" \t\r\n", text.data[0]) && text.data[0] ? 1 : 0;
}

static size_t
space_at_end(struct slice text)
{
    if (text.size >= 3 && memcmp(text.data + text.size - 3, "\xE3\x80\x80", 3) == 0)
        return 3;
    return text.size && strchr(" \t\r\n", text.data[text.size - 1]) && text.data[text.size - 1] ? 1 : 0;
}

struct slice
text_trim(struct slice text)
{
    size_t n;

    while ((n = space_at_start(text)) > 0)
        text = slice_make(text.data + n, text.size - n);
    while ((n = space_at_end(text)) > 0)
        text.size -= n;
    return text;
}

size_t
text_within(const char *text, size_t limit)
{
    size_t size = strnlen(text, limit + 1);

    if (size <= limit)
        return size;
    for (size = limit; size > 0 && ((unsigned char)text[size] & 0xc0) == 0x80;)
        size--;
    return size;
}

void
text_mask(char *text, size_t size, size_t head, size_t tail)
{
    for (size_t i = 0; i < size; i++)
        if (size <= head + tail || (i >= head && i < size - tail))
            text[i] = '*';
}

bool
text_is_digits(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
    return text.size > 0;
}
