/* SPDX-License-Identifier: Apache-2.0 */
/* Secrets of letters opened. Any thread; owns nothing. */
#include "transfers/secret.h"

#include "base/banned.h"

status_t
letter_secret_open(struct arena *arena, const struct transfers_state *state, struct db_rows *rows, int row,
                   const char *what, struct slice *ret_secret, const char **ret_text)
{
    const char *column = arena_printf(arena, "%s_sealed", what);
    struct id letter = db_id(rows, row, "letter_id");
    char id[ID_SIZE];
    struct slice aad;

    if (db_is_null(rows, row, column))
        return OK;
    id_format(&letter, id);
    aad = slice_of(arena_printf(arena, "letter|%s|%s", what, id));
    if (!seal_open(arena, &state->keys, db_bytes(rows, row, column), aad, ret_secret))
        return status_detail(arena, PROBLEM_INTERNAL, "a letter's %s does not open with these keys", what);
    *ret_text = arena_text_slice(arena, *ret_secret);
    seal_wipe((char *)(uintptr_t)ret_secret->data, ret_secret->size);
    *ret_secret = slice_of(*ret_text);
    return OK;
}
