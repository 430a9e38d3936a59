/* SPDX-License-Identifier: Apache-2.0 */
/* Base64, strict in what it reads. Pure; results live in the caller's arena. */
#include "gateway/http/base64.h"

#include "base/banned.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

struct slice
base64_encode(struct arena *arena, struct slice bytes)
{
    size_t size = (bytes.size + 2) / 3 * 4;
    char *text = arena_alloc(arena, size + 1);
    char *to = text;

    for (size_t i = 0; i < bytes.size; i += 3) {
        uint32_t group = 0;
        size_t here = bytes.size - i < 3 ? bytes.size - i : 3;

        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < here ? (unsigned char)bytes.data[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            *to++ = (char)(k <= here ? alphabet[group >> (18 - 6 * k) & 63] : '=');
    }
    return slice_make(text, size);
}

/* 64 for what is no digit. */
static uint32_t
digit_of(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;

    return at ? (uint32_t)(at - alphabet) : 64;
}

bool
base64_decode(struct arena *arena, struct slice text, struct slice *ret_bytes)
{
    size_t padding = text.size && text.data[text.size - 1] == '=' ? 1 : 0;
    size_t size = 0;
    char *bytes;

    if (text.size % 4)
        return false;
    padding += padding && text.data[text.size - 2] == '=';
    bytes = arena_alloc(arena, text.size / 4 * 3 + 1);
    for (size_t i = 0; i < text.size; i += 4) {
        size_t missing = i + 4 == text.size ? padding : 0;
        uint32_t group = 0;

        for (size_t k = 0; k < 4; k++) {
            uint32_t digit = k < 4 - missing ? digit_of(text.data[i + k]) : 0;

            if (digit == 64)
                return false;
            group = group << 6 | digit;
        }
        if (group & ((1u << (8 * missing)) - 1))
            return false;
        for (size_t k = 0; k < 3 - missing; k++)
            bytes[size++] = (char)(group >> (16 - 8 * k) & 0xFF);
    }
    *ret_bytes = slice_make(bytes, size);
    return true;
}
