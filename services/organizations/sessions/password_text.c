/* SPDX-License-Identifier: Apache-2.0 */
/* NFC by utf8proc. Any thread; owns nothing. */
#include "organizations/sessions/password_text.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/banned.h"

struct slice
password_text(struct arena *arena, const char *typed)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t size = utf8proc_map((const utf8proc_uint8_t *)typed, 0, &composed,
                                         UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    char *text;

    if (size < 0)
        return slice_of(arena_text(arena, typed));
    text = arena_text(arena, (const char *)composed);
    seal_wipe(composed, (size_t)size);
    free(composed);
    return slice_of(text);
}
