/* SPDX-License-Identifier: Apache-2.0 */
/* Media types and names of files. Pure but for the arena. */
#include "gateway/http/file_head.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

#define OTHER_TYPE "application/octet-stream"
#define NAME_LIMIT 255 /* bytes; of a longer name nothing is said */

static const char *const media_types[] = {
    "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip", "image/jpeg",
    "image/png",       "text/csv",
    "text/plain",
};

const char *
file_media_type(const char *stored)
{
    for (size_t i = 0; i < sizeof media_types / sizeof *media_types; i++)
        if (strcmp(media_types[i], stored) == 0)
            return media_types[i];
    return OTHER_TYPE;
}

/* attr-char of RFC 8187: what stands for itself in filename*, and is harmless between quotes. */
static bool
is_plain(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("!#$&+-.^_`|~", c));
}

static const char *
ascii_name(struct arena *arena, const char *name)
{
    char *plain = arena_text(arena, name);
    char *end = plain;

    for (; *name; name++)
        if (((unsigned char)*name & 0xC0) != 0x80) /* one mark a character */
            *end++ = is_plain((unsigned char)*name) || *name == ' ' ? *name : '_';
    *end = '\0';
    return plain;
}

static const char *
escaped_name(struct arena *arena, const char *name)
{
    static const char hex[] = "0123456789ABCDEF";
    char *escaped = arena_alloc(arena, 3 * strlen(name) + 1);
    char *end = escaped;

    for (; *name; name++) {
        unsigned char c = (unsigned char)*name;

        if (is_plain(c)) {
            *end++ = *name;
            continue;
        }
        *end++ = '%';
        *end++ = hex[c >> 4];
        *end++ = hex[c & 15];
    }
    return escaped;
}

const char *
file_disposition(struct arena *arena, const char *name)
{
    if (!name[0] || strlen(name) > NAME_LIMIT)
        return "attachment";
    return arena_printf(arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", ascii_name(arena, name),
                        escaped_name(arena, name));
}
