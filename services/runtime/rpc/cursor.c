/* SPDX-License-Identifier: Apache-2.0 */
/* Signed cursors: hex of a 16-byte keyed hash and the keys. Pure but for the key set at start. */
#include "rpc/cursor.h"

#include "base/strbuf.h"
#include "base/text.h"
#include "base/banned.h"

#define SEPARATOR   '\x1f'
#define CURSOR_SIZE 1024

static struct seal_key cursor_key; /* set before threads start */

void
cursor_open(const struct seal_key *key)
{
    cursor_key = *key;
}

static void
sign(struct arena *arena, const char *filter, struct slice keys, uint8_t ret_mark[SEAL_INDEX])
{
    const char *text = arena_printf(arena, "%s%c%.*s", filter, SEPARATOR, (int)keys.size, keys.data);

    seal_index(&cursor_key, "cursor", slice_of(text), ret_mark);
}

const char *
cursor_write(struct arena *arena, const char *filter, const char *const *keys, size_t count)
{
    struct strbuf joined;
    uint8_t *bytes;
    char *hex;
    size_t size;

    strbuf_init(&joined, CURSOR_SIZE);
    for (size_t i = 0; i < count; i++) {
        if (i)
            strbuf_char(&joined, SEPARATOR);
        strbuf_text(&joined, keys[i]);
    }
    size = SEAL_INDEX + joined.size;
    bytes = arena_alloc(arena, size);
    sign(arena, filter, strbuf_slice(&joined), bytes);
    memcpy(bytes + SEAL_INDEX, strbuf_slice(&joined).data, joined.size);
    hex = arena_alloc(arena, 2 * size + 1);
    seal_hex_format(bytes, size, hex);
    strbuf_done(&joined);
    return hex;
}

static status_t
mismatch(struct arena *arena)
{
    return status_field(arena, PROBLEM_CURSOR_MISMATCH, "/cursor");
}

status_t
cursor_read(struct arena *arena, const char *cursor, const char *filter, const char **ret_keys, size_t count)
{
    size_t size = strlen(cursor) / 2;
    uint8_t *bytes = arena_alloc(arena, size + 1);
    uint8_t mark[SEAL_INDEX];
    char *at = (char *)bytes + SEAL_INDEX;

    if (size < SEAL_INDEX || size > CURSOR_SIZE || !seal_hex_parse(slice_of(cursor), bytes, size))
        return mismatch(arena);
    sign(arena, filter, slice_make(at, size - SEAL_INDEX), mark);
    /* behind a NUL nothing would be signed */
    if (memchr(at, 0, size - SEAL_INDEX) || memcmp(mark, bytes, SEAL_INDEX) != 0)
        return mismatch(arena);
    for (size_t i = 0; i < count; i++) {
        char *end = strchr(at, SEPARATOR);

        if ((end == NULL) != (i + 1 == count))
            return mismatch(arena);
        if (end)
            *end = '\0';
        ret_keys[i] = at;
        at = end ? end + 1 : at;
    }
    return OK;
}
