/* SPDX-License-Identifier: Apache-2.0 */
/* The rule of passwords. Pure. */
#include "organizations/sessions/password_rule.h"

#include <stdbool.h>
#include <strings.h>

#include "base/text.h"
#include "organizations/sessions/password_piece.h"
#include "base/banned.h"

#define LONGEST  256 /* bytes */
#define DISTINCT 5   /* different bytes at least */

#define STUCK_ON 4 /* bytes beside the pieces that everybody tries */

static bool
holds(struct slice text, struct slice part)
{
    for (size_t i = 0; part.size && i + part.size <= text.size; i++)
        if (strncasecmp(text.data + i, part.data, part.size) == 0)
            return true;
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
    if (password_rest(password) <= STUCK_ON)
        return "common";
    if (name.size > 2 && password.size <= name.size + STUCK_ON && holds(password, name))
        return "name";
    return NULL;
}
