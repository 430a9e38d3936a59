/* SPDX-License-Identifier: Apache-2.0 */
/* Duties by the word they end with, the longest first. Pure. */
#include "organizations/members/duty.h"

#include <string.h>

#include "base/banned.h"

static const struct {
    const char *ending;
    const char *code;
} duties[] = {
    { "副书记", "committee_member" },
    { "书记", "secretary" },
    { "委员", "committee_member" },
};

static int
ends_with(const char *text, const char *ending)
{
    size_t size = strlen(text);
    size_t tail = strlen(ending);

    return size >= tail && memcmp(text + size - tail, ending, tail) == 0;
}

const char *
duty_code(const char *duty)
{
    for (size_t i = 0; duty && i < sizeof duties / sizeof *duties; i++)
        if (ends_with(duty, duties[i].ending))
            return duties[i].code;
    return NULL;
}
