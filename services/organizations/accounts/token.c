/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens. Any thread; owns nothing. */
#include "organizations/accounts/token.h"

#include "io/clock.h"
#include "base/banned.h"

const char *
token_make(struct arena *arena)
{
    uint8_t bytes[TOKEN_BYTES];
    char *token = arena_alloc(arena, sizeof bytes * 2 + 1);

    clock_random(bytes, sizeof bytes);
    seal_hex_format(bytes, sizeof bytes, token);
    seal_wipe(bytes, sizeof bytes);
    return token;
}

struct slice
token_hash(struct arena *arena, const char *token)
{
    uint8_t *hash = arena_alloc(arena, SEAL_HASH);

    seal_hash(slice_of(token), hash);
    return slice_make(hash, SEAL_HASH);
}
