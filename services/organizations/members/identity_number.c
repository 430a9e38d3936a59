/* SPDX-License-Identifier: Apache-2.0 */
/* The number as it is printed on the card, and what may be seen of it. Pure but for the arena of masks. */
#include "organizations/members/identity_number.h"

#include "base/text.h"
#include "base/banned.h"

#define FULLWIDTH_FIRST 0xFF01 /* U+FF01..U+FF5E are ASCII 0x21..0x7E in full width */
#define FULLWIDTH_LAST  0xFF5E
#define IDEOGRAPHIC_GAP 0x3000

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool
looks_scientific(struct slice text)
{
    size_t i = 0;
    size_t digits = 0;

    while (i < text.size && (is_digit(text.data[i]) || (text.data[i] == '.' && i > 0)))
        i++;
    if (i == 0 || i == text.size || (text.data[i] != 'E' && text.data[i] != 'e'))
        return false;
    i++;
    if (i < text.size && (text.data[i] == '+' || text.data[i] == '-'))
        i++;
    for (; i < text.size && is_digit(text.data[i]); i++)
        digits++;
    return digits > 0 && i == text.size;
}

/* The next character in half width; 0 for one that is passed over, -1 for one that fits nowhere. */
static int
narrow(struct slice text, size_t at, size_t *ret_bytes)
{
    uint32_t code;
    size_t n = text_decode(slice_make(text.data + at, text.size - at), &code);

    *ret_bytes = n ? n : 1;
    if (n == 0)
        return -1;
    if (code == ' ' || code == '\t' || code == IDEOGRAPHIC_GAP || (code == '\'' && at == 0))
        return 0;
    if (code >= FULLWIDTH_FIRST && code <= FULLWIDTH_LAST)
        code -= FULLWIDTH_FIRST - 0x21;
    if (code == 'x')
        return 'X';
    return code < 0x80 ? (int)code : -1;
}

static bool
normalise(struct slice text, char ret_number[IDENTITY_SIZE])
{
    size_t count = 0;

    for (size_t at = 0, bytes; at < text.size; at += bytes) {
        int c = narrow(text, at, &bytes);

        if (c < 0 || (c > 0 && count == IDENTITY_DIGITS))
            return false;
        if (c > 0)
            ret_number[count++] = (char)c;
    }
    ret_number[count] = '\0';
    return count == IDENTITY_DIGITS;
}

static char
check_digit(const char *number)
{
    static const int weight[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    for (size_t i = 0; i < sizeof weight / sizeof *weight; i++)
        sum += weight[i] * (number[i] - '0');
    return "10X98765432"[sum % 11];
}

date_t
identity_birth(const char *number)
{
    int part[8];
    date_t birth;

    for (int i = 0; i < 8; i++)
        part[i] = number[6 + i] - '0';
    if (!date_from_civil((struct civil){ .year = part[0] * 1000 + part[1] * 100 + part[2] * 10 + part[3],
                                         .month = part[4] * 10 + part[5],
                                         .day = part[6] * 10 + part[7] },
                         &birth))
        return DATE_NONE;
    return birth;
}

enum identity_verdict
identity_read(struct slice text, char ret_number[IDENTITY_SIZE])
{
    if (looks_scientific(text_trim(text)))
        return IDENTITY_SCIENTIFIC;
    if (!normalise(text, ret_number) || !text_is_digits(slice_make(ret_number, IDENTITY_DIGITS - 1)))
        return IDENTITY_FORMAT;
    if (!is_digit(ret_number[IDENTITY_DIGITS - 1]) && ret_number[IDENTITY_DIGITS - 1] != 'X')
        return IDENTITY_FORMAT;
    if (check_digit(ret_number) != ret_number[IDENTITY_DIGITS - 1])
        return IDENTITY_CHECK_DIGIT;
    return identity_birth(ret_number) == DATE_NONE ? IDENTITY_FORMAT : IDENTITY_GOOD;
}

enum problem_name
identity_problem(enum identity_verdict verdict)
{
    static const enum problem_name problems[] = {
        [IDENTITY_SCIENTIFIC] = PROBLEM_SCIENTIFIC_NOTATION,
        [IDENTITY_FORMAT] = PROBLEM_BAD_FORMAT,
        [IDENTITY_CHECK_DIGIT] = PROBLEM_BAD_CHECK_DIGIT,
    };

    return problems[verdict];
}

/* Keeps `head` and `tail` characters and puts a star for each one between; nothing is kept of a text too short for it.
 */
static const char *
mask(struct arena *arena, struct slice text, size_t head, size_t tail)
{
    char *masked = arena_text_slice(arena, text);

    text_mask(masked, text.size, head, tail);
    return masked;
}

const char *
identity_mask(struct arena *arena, struct slice number)
{
    return mask(arena, number, 6, 4);
}

bool
identity_is_masked(struct slice text)
{
    char tail;

    if (text.size != IDENTITY_DIGITS || memcmp(text.data + 6, "********", 8) != 0)
        return false;
    tail = text.data[IDENTITY_DIGITS - 1];
    return text_is_digits(slice_make(text.data, 6)) && text_is_digits(slice_make(text.data + 14, 3)) &&
           (is_digit(tail) || tail == 'X');
}

bool
telephone_is_good(struct slice text)
{
    char before = '-';

    if (text.size < 5 || text.size > 20)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];

        if (!is_digit(c) && !(c == '+' && i == 0) && !(c == '-' && before != '-'))
            return false;
        before = c;
    }
    return before != '-';
}

const char *
telephone_mask(struct arena *arena, struct slice telephone)
{
    return telephone.size == 11 ? mask(arena, telephone, 3, 4) : mask(arena, telephone, 0, 4);
}

bool
telephone_is_masked(struct slice text)
{
    bool starred = false;

    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit(text.data[i]) && !strchr("*+-", text.data[i]))
            return false;
        starred = starred || text.data[i] == '*';
    }
    return starred && text.size <= 20;
}
