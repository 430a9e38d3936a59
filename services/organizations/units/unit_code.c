/* SPDX-License-Identifier: Apache-2.0 */
/* The check character: a weighted sum modulo 31. Pure. */
#include "organizations/units/unit_code.h"

#include "base/banned.h"

#define MODULUS 31

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* -1 for a character that codes do not have. */
static int
value_of(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;

    return at ? (int)(at - alphabet) : -1;
}

bool
unit_code_fits(struct slice code)
{
    for (size_t i = 0; i < code.size; i++)
        if (value_of(code.data[i]) < 0)
            return false;
    return code.size == UNIT_CODE_LENGTH;
}

bool
unit_code_is_good(struct slice code)
{
    int weight = 1; /* 3^i modulo 31 */
    int sum = 0;

    if (!unit_code_fits(code))
        return false;
    for (size_t i = 0; i < UNIT_CODE_LENGTH - 1; i++) {
        sum += value_of(code.data[i]) * weight;
        weight = weight * 3 % MODULUS;
    }
    return alphabet[(MODULUS - sum % MODULUS) % MODULUS] == code.data[UNIT_CODE_LENGTH - 1];
}
