/* SPDX-License-Identifier: Apache-2.0 */
/* Names, rewritten. Pure but for the arena, which owns the results. */
#include "names.h"

#include <ctype.h>
#include <string.h>

#include "schema.h"

#include "base/banned.h"

static char
to_upper(char c)
{
    return (char)toupper((unsigned char)c);
}

static char
to_lower(char c)
{
    return (char)tolower((unsigned char)c);
}

static bool
is_upper(char c)
{
    return isupper((unsigned char)c) != 0;
}

/* Each piece between dots goes through `piece`; dots become "__". Names at most double in length. */
static char *
mangle(struct arena *arena, const char *full, size_t (*piece)(const char *from, size_t length, char *to))
{
    char *result = arena_alloc(arena, 2 * strlen(full) + 1);
    char *to = result;

    while (*full) {
        size_t length = strcspn(full, ".");

        to += piece(full, length, to);
        full += length;
        if (*full == '.') {
            *to++ = '_';
            *to++ = '_';
            full++;
        }
    }
    return result;
}

static size_t
piece_to_snake(const char *from, size_t length, char *to)
{
    bool was_upper = true;
    size_t size = 0;

    for (size_t i = 0; i < length; i++) {
        if (is_upper(from[i]) && !was_upper)
            to[size++] = '_';
        to[size++] = to_lower(from[i]);
        was_upper = is_upper(from[i]);
    }
    return size;
}

static size_t
piece_to_camel(const char *from, size_t length, char *to)
{
    bool next_upper = true;
    size_t size = 0;

    for (size_t i = 0; i < length; i++) {
        if (from[i] == '_') {
            next_upper = true;
            continue;
        }
        to[size++] = next_upper ? to_upper(from[i]) : from[i];
        next_upper = false;
    }
    return size;
}

char *
names_snake(struct arena *arena, const char *camel)
{
    return mangle(arena, camel, piece_to_snake);
}

char *
names_upper(struct arena *arena, const char *snake)
{
    char *text = arena_text(arena, snake);

    for (char *c = text; *c; c++)
        *c = to_upper(*c);
    return text;
}

char *
names_c_type(struct arena *arena, const char *full)
{
    return mangle(arena, full, piece_to_camel);
}

char *
names_c_lower(struct arena *arena, const char *full)
{
    return mangle(arena, full, piece_to_snake);
}

char *
names_short(struct arena *arena, const char *local)
{
    char *text = arena_alloc(arena, strlen(local) + 1);
    size_t size = 0;

    for (; *local; local++)
        if (*local != '.')
            text[size++] = *local;
    return text;
}

char *
names_folder(struct arena *arena, const char *package)
{
    const char *folder = package + strcspn(package, ".");

    folder += *folder == '.';
    return arena_text_slice(arena, slice_make(folder, strcspn(folder, ".")));
}

char *
names_dir(struct arena *arena, const char *file)
{
    const char *slash = strrchr(file, '/');

    return arena_text_slice(arena, slice_make(file, slash ? (size_t)(slash - file) : 0));
}

char *
names_stem(struct arena *arena, const char *file)
{
    const char *dot = strrchr(file, '.');

    return arena_text_slice(arena, slice_make(file, dot ? (size_t)(dot - file) : strlen(file)));
}

char *
names_enum_prefix(struct arena *arena, const struct enumeration *enumeration)
{
    const char *dot = strrchr(enumeration->name, '.');

    return arena_printf(arena, "%s_", names_upper(arena, names_snake(arena, dot + 1)));
}

char *
names_enum_code(struct arena *arena, const struct enumeration *enumeration, const char *value)
{
    const char *prefix = names_enum_prefix(arena, enumeration);
    char *code;

    if (strncmp(value, prefix, strlen(prefix)) != 0 || !value[strlen(prefix)])
        return NULL;
    code = arena_text(arena, value + strlen(prefix));
    for (char *c = code; *c; c++)
        *c = to_lower(*c);
    return code;
}
