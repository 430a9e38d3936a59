/* SPDX-License-Identifier: Apache-2.0 */
/* Money as integers of fen, overflow checked. Pure. */
#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/text.h"
#include "base/banned.h"

#define YUAN_DIGITS 13

bool
money_parse_yuan(struct slice text, fen_t *ret_fen)
{
    const char *dot = text.size ? memchr(text.data, '.', text.size) : NULL;
    size_t whole = dot ? (size_t)(dot - text.data) : text.size;
    size_t decimals = dot ? text.size - whole - 1 : 0;
    fen_t fen = 0;

    if (whole == 0 || whole > YUAN_DIGITS || decimals > 2 || (dot && decimals == 0))
        return false;
    for (size_t i = 0; i < text.size; i++) {
        if (i == whole)
            continue;
        if (text.data[i] < '0' || text.data[i] > '9')
            return false;
        fen = fen * 10 + (text.data[i] - '0');
    }
    for (size_t i = decimals; i < 2; i++)
        fen *= 10;
    *ret_fen = fen;
    return true;
}

void
money_format(fen_t fen, char ret_text[MONEY_SIZE])
{
    uint64_t magnitude = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;

    snprintf(ret_text, MONEY_SIZE, "%s%" PRIu64 ".%02u", fen < 0 ? "-" : "", magnitude / 100,
             (unsigned)(magnitude % 100));
}

bool
money_add(fen_t a, fen_t b, fen_t *ret_sum)
{
    return !__builtin_add_overflow(a, b, ret_sum);
}

bool
money_basis_points(fen_t amount, int32_t basis_points, fen_t *ret_part)
{
    __int128 product = (__int128)amount * basis_points;
    __int128 rounded = (product + (product < 0 ? -5000 : 5000)) / 10000;

    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return false;
    *ret_part = (fen_t)rounded;
    return true;
}
