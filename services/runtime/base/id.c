/* SPDX-License-Identifier: Apache-2.0 */
/* UUIDv7 made, read and written. Pure. */
#include "base/id.h"

#include "base/banned.h"

static const char hex[] = "0123456789abcdef";

struct id
id_make(instant_t at, const uint8_t random[ID_BYTES])
{
    uint64_t ms = (uint64_t)(at / 1000);
    struct id id;

    for (int i = 0; i < 6; i++)
        id.bytes[i] = (uint8_t)(ms >> (40 - 8 * i));
    memcpy(id.bytes + 6, random, ID_BYTES - 6);
    id.bytes[6] = (uint8_t)(0x70 | (id.bytes[6] & 0x0F));
    id.bytes[8] = (uint8_t)(0x80 | (id.bytes[8] & 0x3F));
    return id;
}

static int
hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool
is_dash(size_t at)
{
    return at == 8 || at == 13 || at == 18 || at == 23;
}

bool
id_parse(struct slice text, struct id *ret_id)
{
    struct id id = { { 0 } };
    size_t digit = 0;

    if (text.size != ID_SIZE - 1)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        int value = hex_value(text.data[i]);

        if (is_dash(i)) {
            if (text.data[i] != '-')
                return false;
            continue;
        }
        if (value < 0)
            return false;
        id.bytes[digit / 2] = (uint8_t)(id.bytes[digit / 2] << 4 | value);
        digit++;
    }
    *ret_id = id;
    return true;
}

void
id_format(const struct id *id, char ret_text[ID_SIZE])
{
    size_t digit = 0;

    for (size_t i = 0; i < ID_SIZE - 1; i++) {
        uint8_t byte = id->bytes[digit / 2];

        if (is_dash(i)) {
            ret_text[i] = '-';
            continue;
        }
        ret_text[i] = hex[digit % 2 ? byte & 0x0F : byte >> 4];
        digit++;
    }
    ret_text[ID_SIZE - 1] = '\0';
}

bool
id_from_bytes(const void *data, size_t size, struct id *ret_id)
{
    if (size != ID_BYTES)
        return false;
    memcpy(ret_id->bytes, data, ID_BYTES);
    return true;
}

bool
id_equal(const struct id *a, const struct id *b)
{
    return memcmp(a->bytes, b->bytes, ID_BYTES) == 0;
}

bool
id_is_nil(const struct id *id)
{
    static const struct id nil;

    return id_equal(id, &nil);
}
