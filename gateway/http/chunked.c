/* SPDX-License-Identifier: Apache-2.0 */
/* A byte at a time through the framing, a run at a time through the data. Pure; owns nothing. */
#include "gateway/http/chunked.h"

#include <string.h>

#include "base/banned.h"

#define DIGITS 8 /* of a size */

/* What must come in a state, and what follows it. */
static const struct {
    char byte;
    enum chunked_state next;
} line_ends[] = {
    [CHUNKED_SIZE_LF] = { '\n', CHUNKED_DATA }, [CHUNKED_DATA_CR] = { '\r', CHUNKED_DATA_LF },
    [CHUNKED_DATA_LF] = { '\n', CHUNKED_SIZE }, [CHUNKED_END_CR] = { '\r', CHUNKED_END_LF },
    [CHUNKED_END_LF] = { '\n', CHUNKED_DONE },
};

static int
digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static enum chunked_state
take_size(struct chunked *chunked, char c)
{
    int digit = digit_of(c);

    if (digit < 0)
        return c == '\r' && chunked->state == CHUNKED_DIGITS ? CHUNKED_SIZE_LF : CHUNKED_BAD;
    if (chunked->state == CHUNKED_SIZE) {
        chunked->left = 0;
        chunked->digits = 0;
    }
    if (++chunked->digits > DIGITS)
        return CHUNKED_BAD;
    chunked->left = chunked->left << 4 | (uint32_t)digit;
    return CHUNKED_DIGITS;
}

static enum chunked_state
take_framing(struct chunked *chunked, char c)
{
    if (chunked->state == CHUNKED_SIZE || chunked->state == CHUNKED_DIGITS)
        return take_size(chunked, c);
    if (c != line_ends[chunked->state].byte)
        return CHUNKED_BAD;
    if (chunked->state == CHUNKED_SIZE_LF && chunked->left == 0)
        return CHUNKED_END_CR;
    return line_ends[chunked->state].next;
}

size_t
chunked_decode(struct chunked *chunked, char *bytes, size_t size)
{
    size_t kept = 0;

    for (size_t i = 0; i < size && chunked->state < CHUNKED_DONE;) {
        size_t run = chunked->left < size - i ? chunked->left : size - i;

        if (chunked->state != CHUNKED_DATA) {
            chunked->state = take_framing(chunked, bytes[i++]);
            continue;
        }
        memmove(bytes + kept, bytes + i, run);
        kept += run;
        i += run;
        chunked->left -= (uint32_t)run;
        if (chunked->left == 0)
            chunked->state = CHUNKED_DATA_CR;
    }
    return kept;
}
