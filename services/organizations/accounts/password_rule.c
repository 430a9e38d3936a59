/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of passwords. Pure. */
#include "organizations/accounts/password_rule.h"

#include <stdbool.h>
#include <strings.h>

#include "base/text.h"
#include "base/banned.h"

#define LONGEST  256 /* bytes */
#define DISTINCT 5   /* different bytes at least */

/* What is tried first, in lower case. A password that is one of them with at most STUCK_ON bytes around it is refused.
 */
static const char *const common[] = {
    "password",   "passw0rd",  "qwertyuiop", "qwerty",        "1q2w3e4r",  "1qaz2wsx",  "zaq12wsx",   "asdfghjkl",
    "zxcvbnm",    "123456789", "1234567890", "12345678",      "87654321",  "987654321", "0987654321", "11223344",
    "112233",     "123123",    "123321",     "147258369",     "159357",    "5201314",   "1314520",    "woaini",
    "woaini1314", "iloveyou",  "admin",      "administrator", "root",      "welcome",   "letmein",    "monkey",
    "dragon",     "abc123",    "a123456",    "aa123456",      "abcd1234",  "qwe123",    "zhongguo",   "gongchandang",
    "dangyuan",   "dangzhibu", "liangxin",   "xinliang",      "changeme",  "default",   "test",       "guest",
    "football",   "sunshine",  "princess",   "superman",      "trustno1",  "access",    "master",     "shadow",
    "p@ssw0rd",   "p@ssword",  "1qazxsw2",   "qazwsx",        "qazwsxedc", "q1w2e3r4",  "asdf1234",   "zxcv1234",
};

#define STUCK_ON 4

static bool
holds(struct slice text, struct slice part)
{
    for (size_t i = 0; part.size && i + part.size <= text.size; i++)
        if (strncasecmp(text.data + i, part.data, part.size) == 0)
            return true;
    return false;
}

static bool
is_common(struct slice password)
{
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        struct slice word = slice_of(common[i]);

        if (password.size <= word.size + STUCK_ON && holds(password, word))
            return true;
    }
    return false;
}

static bool
repeats(struct slice password)
{
    bool seen[256] = { false };
    size_t distinct = 0;

    for (size_t i = 0; i < password.size; i++) {
        unsigned char c = (unsigned char)password.data[i];

        distinct += !seen[c];
        seen[c] = true;
    }
    return distinct < DISTINCT;
}

/* Every byte follows its neighbour: 23456789ab does not, 3456789012 does. */
static bool
is_run(struct slice password)
{
    size_t up = 0;
    size_t down = 0;

    for (size_t i = 1; i < password.size; i++) {
        int step = password.data[i] - password.data[i - 1];

        up += step == 1 || step == '0' - '9';
        down += step == -1 || step == '9' - '0';
    }
    return up + 1 == password.size || down + 1 == password.size;
}

const char *
password_fault(struct slice password, struct slice name)
{
    if (password.size > LONGEST)
        return "long";
    if (text_length(password) < PASSWORD_SHORTEST)
        return "short";
    if (repeats(password))
        return "repeats";
    if (is_run(password))
        return "run";
    if (is_common(password))
        return "common";
    if (name.size > 2 && password.size <= name.size + STUCK_ON && holds(password, name))
        return "name";
    return NULL;
}
