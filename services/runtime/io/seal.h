/* SPDX-License-Identifier: Apache-2.0 */
/* Cryptography (libsodium): sealing of identity numbers, blind indexes, signatures, hashes. Keys come as text of key
 * files: 64 hex digits a line, the first line is the key for new work, the others still open what is old.
 * Thread safe after seal_init. */
#ifndef LIANGXIN_IO_SEAL_H
#define LIANGXIN_IO_SEAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

#define SEAL_KEY       32
#define SEAL_HASH      32
#define SEAL_INDEX     16
#define SEAL_SIGNATURE 64
#define SEAL_RING      16

#define SEAL_PASSWORD       128 /* bytes of a hash as text, NUL included */
#define SEAL_PASSWORD_LIMIT 256 /* bytes of a password */

struct seal_key {
    uint8_t bytes[SEAL_KEY];
};

/* Keys by version: 1 is the last line of the file, so that adding a line on top adds a version. */
struct seal_ring {
    struct seal_key key[SEAL_RING];
    size_t count;
};

/* Once per process, before threads. */
void seal_init(void);

/* False when the text holds no key or a line is not 64 hex digits. */
bool seal_ring_parse(const char *text, struct seal_ring *ret_ring);
bool seal_hex_parse(struct slice hex, uint8_t *ret_bytes, size_t size);
void seal_hex_format(const uint8_t *bytes, size_t size, char *ret_hex);

/* base64url without padding. */
char *seal_url_format(struct arena *arena, struct slice bytes);
bool seal_url_parse(struct arena *arena, struct slice text, struct slice *ret_bytes);

/* Version byte, nonce and XChaCha20-Poly1305 ciphertext of `plain`, bound to `aad` (table|column|row): it opens nowhere
 * else. The result lives in `arena`. */
struct slice seal_close(struct arena *arena, const struct seal_ring *ring, struct slice plain, struct slice aad);
/* False when the bytes were not made by seal_close with this ring and aad. */
bool seal_open(struct arena *arena, const struct seal_ring *ring, struct slice sealed, struct slice aad,
               struct slice *ret_plain);

/* Keyed look-up value: the same text under the same key and label gives the same 16 bytes. */
void seal_index(const struct seal_key *key, const char *label, struct slice text, uint8_t ret_index[SEAL_INDEX]);
/* BLAKE2b-256. */
void seal_hash(struct slice data, uint8_t ret_hash[SEAL_HASH]);

/* SHA-256 of what comes in pieces, as other programs compute it (a file's checksum). */
struct seal_digest {
    uint64_t state[16];
};

void seal_digest_begin(struct seal_digest *digest);
void seal_digest_add(struct seal_digest *digest, struct slice piece);
void seal_digest_end(struct seal_digest *digest, uint8_t ret_hash[SEAL_HASH]);

/* A key of its own for another purpose, from a key that has one already. */
void seal_derive(const struct seal_key *key, const char *purpose, struct seal_key *ret_key);

/* Ed25519 with the 32-byte seed as secret key. */
void seal_public_of(const struct seal_key *seed, struct seal_key *ret_public);
void seal_sign(const struct seal_key *seed, struct slice message, uint8_t ret_signature[SEAL_SIGNATURE]);
bool seal_verify(const struct seal_key *public_key, struct slice message, const uint8_t signature[SEAL_SIGNATURE]);

/* argon2id (3 passes, 64 MiB), about 0.1 s. At most two run at once in the process and one waits; false when there is
 * no room, or the password is over the limit. `ret_hash` is text. */
bool seal_password_make(struct slice password, char ret_hash[SEAL_PASSWORD]);
/* BUSY when there is no room. Without a hash (NULL) it is WRONG, after the same time. */
enum seal_verdict { SEAL_WRONG, SEAL_RIGHT, SEAL_BUSY };
enum seal_verdict seal_password_check(struct slice password, const char *hash);
/* Compares secrets in a time that tells nothing of their content. */
bool seal_equal(struct slice a, struct slice b);

/* Forgets secret bytes. */
void seal_wipe(void *memory, size_t size);

#endif
