/* SPDX-License-Identifier: Apache-2.0 */
/* Tokens. Any thread; owns nothing. */
#include "organizations/accounts/token.h"

#include "io/clock.h"
#include "base/banned.h"

#define CODE_CHARACTERS 16
#define CODE_GROUP      4

/* 32 characters that are not taken for one another: no I, L, O, U. */
static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

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

const char *
code_make(struct arena *arena)
{
    uint8_t bytes[CODE_CHARACTERS];
    char *code = arena_alloc(arena, CODE_CHARACTERS + CODE_CHARACTERS / CODE_GROUP);
    size_t size = 0;

    clock_random(bytes, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i && i % CODE_GROUP == 0)
            code[size++] = '-';
        code[size++] = code_alphabet[bytes[i] % 32];
    }
    seal_wipe(bytes, sizeof bytes);
    return code;
}

struct slice
code_hash(struct arena *arena, struct slice code)
{
    char *folded = arena_alloc(arena, code.size + 1);
    uint8_t *hash = arena_alloc(arena, SEAL_HASH);
    size_t size = 0;

    for (size_t i = 0; i < code.size; i++) {
        char c = code.data[i];

        if (c != '-' && c != ' ')
            folded[size++] = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    seal_hash(slice_make(folded, size), hash);
    seal_wipe(folded, code.size);
    return slice_make(hash, SEAL_HASH);
}
