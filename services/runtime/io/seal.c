/* SPDX-License-Identifier: Apache-2.0 */
/* libsodium behind the few operations we need. Any thread; owns nothing. */
#include "io/seal.h"

#include <sodium.h>

#include "base/check.h"
#include "base/text.h"
#include "base/banned.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG   crypto_aead_xchacha20poly1305_ietf_ABYTES

void
seal_init(void)
{
    CHECK(sodium_init() >= 0);
}

bool
seal_hex_parse(struct slice hex, uint8_t *ret_bytes, size_t size)
{
    size_t got = 0;

    return hex.size == 2 * size && sodium_hex2bin(ret_bytes, size, hex.data, hex.size, NULL, &got, NULL) == 0 &&
           got == size;
}

void
seal_hex_format(const uint8_t *bytes, size_t size, char *ret_hex)
{
    sodium_bin2hex(ret_hex, 2 * size + 1, bytes, size);
}

bool
seal_ring_parse(const char *text, struct seal_ring *ret_ring)
{
    struct seal_ring lines = { .count = 0 };

    while (*text) {
        size_t length = strcspn(text, "\n");
        struct slice line = text_trim(slice_make(text, length));

        if (line.size && (lines.count == SEAL_RING || !seal_hex_parse(line, lines.key[lines.count++].bytes, SEAL_KEY)))
            return false;
        text += length + (text[length] == '\n');
    }
    ret_ring->count = lines.count;
    for (size_t i = 0; i < lines.count; i++)
        ret_ring->key[lines.count - 1 - i] = lines.key[i];
    return lines.count > 0;
}

char *
seal_url_format(struct arena *arena, struct slice bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *text = arena_alloc(arena, room);

    return sodium_bin2base64(text, room, (const uint8_t *)bytes.data, bytes.size,
                             sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool
seal_url_parse(struct arena *arena, struct slice text, struct slice *ret_bytes)
{
    uint8_t *bytes = arena_alloc(arena, text.size + 1);
    const char *end = NULL;
    size_t size = 0;

    if (sodium_base642bin(bytes, text.size, text.data, text.size, NULL, &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data + text.size)
        return false;
    *ret_bytes = slice_make(bytes, size);
    return true;
}

struct slice
seal_close(struct arena *arena, const struct seal_ring *ring, struct slice plain, struct slice aad)
{
    size_t size = 1 + NONCE + plain.size + TAG;
    uint8_t *sealed = arena_alloc(arena, size);
    unsigned long long written = 0;

    CHECK(ring->count > 0);
    sealed[0] = (uint8_t)ring->count;
    randombytes_buf(sealed + 1, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + 1 + NONCE, &written, (const uint8_t *)plain.data, plain.size,
                                               (const uint8_t *)aad.data, aad.size, NULL, sealed + 1,
                                               ring->key[ring->count - 1].bytes);
    return slice_make(sealed, 1 + NONCE + (size_t)written);
}

bool
seal_open(struct arena *arena, const struct seal_ring *ring, struct slice sealed, struct slice aad,
          struct slice *ret_plain)
{
    const uint8_t *bytes = (const uint8_t *)sealed.data;
    unsigned long long written = 0;
    uint8_t *plain;

    if (sealed.size < 1 + NONCE + TAG || bytes[0] == 0 || bytes[0] > ring->count)
        return false;
    plain = arena_alloc(arena, sealed.size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, &written, NULL, bytes + 1 + NONCE, sealed.size - 1 - NONCE,
                                                   (const uint8_t *)aad.data, aad.size, bytes + 1,
                                                   ring->key[bytes[0] - 1].bytes) != 0)
        return false;
    *ret_plain = slice_make(plain, (size_t)written);
    return true;
}

void
seal_index(const struct seal_key *key, const char *label, struct slice text, uint8_t ret_index[SEAL_INDEX])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, key->bytes, SEAL_KEY, SEAL_INDEX);
    crypto_generichash_update(&state, (const uint8_t *)label, strlen(label) + 1);
    crypto_generichash_update(&state, (const uint8_t *)text.data, text.size);
    crypto_generichash_final(&state, ret_index, SEAL_INDEX);
}

void
seal_hash(struct slice data, uint8_t ret_hash[SEAL_HASH])
{
    crypto_generichash(ret_hash, SEAL_HASH, (const uint8_t *)data.data, data.size, NULL, 0);
}

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct seal_digest), "room of a digest");
_Static_assert(crypto_hash_sha256_BYTES == SEAL_HASH, "size of a digest");

void
seal_digest_begin(struct seal_digest *digest)
{
    crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)digest);
}

void
seal_digest_add(struct seal_digest *digest, struct slice piece)
{
    crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)digest, (const uint8_t *)piece.data, piece.size);
}

void
seal_digest_end(struct seal_digest *digest, uint8_t ret_hash[SEAL_HASH])
{
    crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)digest, ret_hash);
}

void
seal_derive(const struct seal_key *key, const char *purpose, struct seal_key *ret_key)
{
    crypto_generichash(ret_key->bytes, SEAL_KEY, (const uint8_t *)purpose, strlen(purpose), key->bytes, SEAL_KEY);
}

void
seal_public_of(const struct seal_key *seed, struct seal_key *ret_public)
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES];

    crypto_sign_seed_keypair(ret_public->bytes, secret, seed->bytes);
    sodium_memzero(secret, sizeof secret);
}

void
seal_sign(const struct seal_key *seed, struct slice message, uint8_t ret_signature[SEAL_SIGNATURE])
{
    uint8_t secret[crypto_sign_SECRETKEYBYTES];
    uint8_t public_key[crypto_sign_PUBLICKEYBYTES];

    crypto_sign_seed_keypair(public_key, secret, seed->bytes);
    crypto_sign_detached(ret_signature, NULL, (const uint8_t *)message.data, message.size, secret);
    sodium_memzero(secret, sizeof secret);
}

bool
seal_verify(const struct seal_key *public_key, struct slice message, const uint8_t signature[SEAL_SIGNATURE])
{
    return crypto_sign_verify_detached(signature, (const uint8_t *)message.data, message.size, public_key->bytes) == 0;
}

void
seal_wipe(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}
