/* SPDX-License-Identifier: Apache-2.0 */
/* Formats of fields, a table. */
#include "formats.h"

#include <stddef.h>
#include <string.h>

#include "base/banned.h"

static const struct format formats[] = {
    { "uuid", "uuid", NULL },
    { "date", "date", NULL },
    { "month", NULL, "^[0-9]{4}-(0[1-9]|1[0-2])$" },
    { "region", NULL, "^([0-9]{6}|[0-9]{9})$" },
    { "code", NULL, "^[A-Za-z0-9_-]+$" },
    { "token", NULL, "^[A-Za-z0-9_-]+$" },
};

const struct format *
format_find(const char *name)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
