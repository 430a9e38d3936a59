/* SPDX-License-Identifier: Apache-2.0 */
/* Proofs made and read. Any thread. */
#include "transfers/proof/proof.h"

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

#define CANONICAL_LIMIT ((size_t)16 * 1024)
#define NAME_LIMIT      30 /* bytes of a name in the core */
#define IDENTITY_END    4  /* signs */
#define LINES           7

void
proof_seed(const struct seal_key *letter_key, struct seal_key *ret_seed)
{
    seal_derive(letter_key, "letter proof", ret_seed);
}

void
proof_key_id(const struct seal_key *public_key, char ret_id[PROOF_KEY_ID])
{
    uint8_t hash[SEAL_HASH];

    seal_hash(slice_make(public_key->bytes, sizeof public_key->bytes), hash);
    seal_hex_format(hash, PROOF_KEY_ID / 2, ret_id);
}

static void
digest_of(const struct canonical *letter, uint8_t ret_digest[PROOF_DIGEST])
{
    uint8_t hash[SEAL_HASH];
    struct strbuf buf;

    strbuf_init(&buf, CANONICAL_LIMIT);
    canonical_write(letter, &buf);
    CHECK(!buf.failed);
    seal_hash(strbuf_slice(&buf), hash);
    memcpy(ret_digest, hash, PROOF_DIGEST);
    seal_wipe(buf.data, buf.size);
    strbuf_done(&buf);
}

static struct slice
core_of(struct arena *arena, const struct canonical *letter, const char *key_id)
{
    const char *const *field = letter->field;
    size_t identity = strlen(field[CANONICAL_IDENTITY]);
    size_t hidden = identity > IDENTITY_END ? identity - IDENTITY_END : 0;
    int name = (int)text_within(field[CANONICAL_NAME], NAME_LIMIT);
    char *head = arena_printf(arena, "1\n%s\n%s\n%s\n%s\n%s\n%.*s\n", key_id, field[CANONICAL_NUMBER],
                              field[CANONICAL_ISSUED_ON], field[CANONICAL_VALID_TO], field[CANONICAL_IDENTITY] + hidden,
                              name, field[CANONICAL_NAME]);
    size_t size = strlen(head);
    char *core = arena_alloc(arena, size + PROOF_DIGEST);

    memcpy(core, head, size);
    digest_of(letter, (uint8_t *)core + size);
    return slice_make(core, size + PROOF_DIGEST);
}

/* What the signature stands under. */
static struct slice
signed_part(struct arena *arena, const char *code, struct slice core)
{
    char *head = arena_printf(arena, PROOF_DOMAIN "%s\n", code);
    size_t size = strlen(head);
    char *whole = arena_alloc(arena, size + core.size);

    memcpy(whole, head, size);
    memcpy(whole + size, core.data, core.size);
    return slice_make(whole, size + core.size);
}

char *
proof_make(struct arena *arena, const struct seal_key *seed, const struct canonical *letter, const char *base)
{
    const char *code = letter->field[CANONICAL_CODE];
    uint8_t signature[SEAL_SIGNATURE];
    struct seal_key public_key;
    char key_id[PROOF_KEY_ID];
    struct slice core;

    seal_public_of(seed, &public_key);
    proof_key_id(&public_key, key_id);
    core = core_of(arena, letter, key_id);
    seal_sign(seed, signed_part(arena, code, core), signature);
    return arena_printf(arena, "%s/verify/%s#%s.%s", base, code, seal_url_format(arena, core),
                        seal_url_format(arena, slice_make(signature, sizeof signature)));
}

/* --- reading -------------------------------------------------------------------------------------------------------
 */

static bool
read_core(struct arena *arena, struct slice core, struct proof *proof)
{
    const char **lines[LINES] = {
        NULL, &proof->key_id, &proof->number, &proof->issued_on, &proof->valid_to, &proof->identity_end, &proof->name
    };
    const char *at = core.data;
    const char *end = core.data + core.size;

    for (int i = 0; i < LINES; i++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        struct slice line;

        if (!stop)
            return false;
        line = slice_make(at, (size_t)(stop - at));
        if (!text_is_clean(line) || (!lines[i] && !slice_is(line, "1")))
            return false;
        if (lines[i])
            *lines[i] = arena_text_slice(arena, line);
        at = stop + 1;
    }
    if ((size_t)(end - at) != PROOF_DIGEST)
        return false;
    memcpy(proof->digest, at, PROOF_DIGEST);
    return true;
}

bool
proof_read(struct arena *arena, const char *text, struct proof *ret_proof)
{
    static const char mark[] = "/verify/";
    const char *code = strstr(text, mark);
    const char *core = code ? strchr(code, '#') : NULL;
    const char *signature = core ? strchr(core, '.') : NULL;
    struct slice core_bytes;
    struct slice bytes;

    if (!signature)
        return false;
    code += strlen(mark);
    *ret_proof = (struct proof){ .code = arena_text_slice(arena, slice_make(code, (size_t)(core - code))) };
    core++;
    if (!seal_url_parse(arena, slice_make(core, (size_t)(signature - core)), &core_bytes) ||
        !seal_url_parse(arena, text_trim(slice_of(signature + 1)), &bytes) || bytes.size != SEAL_SIGNATURE)
        return false;
    memcpy(ret_proof->signature, bytes.data, SEAL_SIGNATURE);
    ret_proof->signed_part = signed_part(arena, ret_proof->code, core_bytes);
    return read_core(arena, core_bytes, ret_proof);
}

bool
proof_is_signed(const struct proof *proof, const struct seal_key *public_key)
{
    char key_id[PROOF_KEY_ID];

    proof_key_id(public_key, key_id);
    return strcmp(key_id, proof->key_id) == 0 && seal_verify(public_key, proof->signed_part, proof->signature);
}

bool
proof_fits(const struct proof *proof, const struct canonical *letter)
{
    uint8_t digest[PROOF_DIGEST];

    digest_of(letter, digest);
    return memcmp(digest, proof->digest, PROOF_DIGEST) == 0;
}
