/* SPDX-License-Identifier: Apache-2.0 */
/* Check codes made and read. Domain: pure, any thread. */
#include "transfers/verification/check_code.h"

#include <string.h>

#include "base/banned.h"

#define RADIX   32
#define PAYLOAD (CHECK_CODE_SIZE - 2)
#define GROUP   4

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char no_code[CHECK_CODE_SIZE] = "0000000000001"; /* its check character is wrong: never given out */

/* Luhn modulo 32 over `count` values, doubled from the right, beginning with the last one when `doubles`. */
static int
luhn(const int *values, int count, bool doubles)
{
    int sum = 0;

    for (int i = count - 1; i >= 0; i--) {
        int addend = doubles ? 2 * values[i] : values[i];

        sum += addend / RADIX + addend % RADIX;
        doubles = !doubles;
    }
    return sum % RADIX;
}

void
check_code_make(const uint8_t random[CHECK_CODE_RANDOM], char ret_code[CHECK_CODE_SIZE])
{
    int values[PAYLOAD];
    uint64_t bits = 0;

    for (int i = 0; i < CHECK_CODE_RANDOM; i++)
        bits = bits << 8 | random[i];
    for (int i = 0; i < PAYLOAD; i++) {
        values[i] = (int)(bits % RADIX);
        bits /= RADIX;
        ret_code[i] = alphabet[values[i]];
    }
    ret_code[PAYLOAD] = alphabet[(RADIX - luhn(values, PAYLOAD, true)) % RADIX];
    ret_code[PAYLOAD + 1] = '\0';
}

void
check_code_format(const char *code, char ret_shown[CHECK_CODE_SHOWN])
{
    int size = 0;

    for (int i = 0; code[i]; i++) {
        if (i && i % GROUP == 0)
            ret_shown[size++] = '-';
        ret_shown[size++] = code[i];
    }
    ret_shown[size] = '\0';
}

/* -1: no character of a code. */
static int
value_of(char letter)
{
    const char *place;

    if (letter >= 'a' && letter <= 'z')
        letter = (char)(letter - 'a' + 'A');
    if (letter == 'O')
        letter = '0';
    if (letter == 'I' || letter == 'L')
        letter = '1';
    place = letter ? strchr(alphabet, letter) : NULL;
    return place ? (int)(place - alphabet) : -1;
}

bool
check_code_read(const char *text, char ret_code[CHECK_CODE_SIZE])
{
    int values[PAYLOAD + 1];
    int count = 0;
    bool good = true;

    memcpy(ret_code, no_code, sizeof no_code);
    for (; *text; text++) {
        int value = value_of(*text);

        if (*text == '-' || *text == ' ')
            continue;
        if (value < 0 || count > PAYLOAD)
            good = false;
        else
            values[count++] = value;
    }
    if (!good || count != PAYLOAD + 1 || luhn(values, count, false) != 0)
        return false;
    for (int i = 0; i < count; i++)
        ret_code[i] = alphabet[values[i]];
    return true;
}
