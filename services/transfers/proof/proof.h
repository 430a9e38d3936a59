/* SPDX-License-Identifier: Apache-2.0 */
/* The proof of a letter: an Ed25519 signature that its QR code carries, so that a letter is verified without asking us.
 *
 * The code's text is the address under which the letter is verified, and behind # what no server is sent:
 *     <base>/verify/<check code>#<core>.<signature>        both base64url without padding
 * The core is five lines (1, key, number, first and last day), two more (last four signs of the identity number, the
 * name or what fits of it) and 20 bytes: BLAKE2b of the canonical text (canonical.h), cut. What is signed:
 * PROOF_DOMAIN, the check code, a line's end, the core. So a reader sees name, number and days proven at once, and who
 * writes down the whole paper can prove all of it. */
#ifndef LIANGXIN_TRANSFERS_PROOF_PROOF_H
#define LIANGXIN_TRANSFERS_PROOF_PROOF_H

#include "base/date.h"
#include "io/seal.h"
#include "transfers/proof/canonical.h"

#define PROOF_DOMAIN     "liangxin-letter-proof/1\n"
#define PROOF_DIGEST     20 /* bytes */
#define PROOF_KEY_ID     9  /* 8 hex digits and NUL */
#define PROOF_BASE_LIMIT 56 /* bytes of the address's beginning, so that the whole fits its QR code */

struct proof {
    const char *code;
    const char *key_id;
    const char *number;
    const char *issued_on;
    const char *valid_to;
    const char *identity_end;
    const char *name;
    uint8_t digest[PROOF_DIGEST];
    struct slice signed_part;
    uint8_t signature[SEAL_SIGNATURE];
};

/* A key for signing, made from a key of the letters' ring, so that a new line on top of that file is a new key here. */
void proof_seed(const struct seal_key *letter_key, struct seal_key *ret_seed);
/* The beginning of a public key's BLAKE2b. */
void proof_key_id(const struct seal_key *public_key, char ret_id[PROOF_KEY_ID]);

/* The QR code's text. */
char *proof_make(struct arena *arena, const struct seal_key *seed, const struct canonical *letter, const char *base);
/* False when the text is no proof. Nothing is verified yet. Texts in `arena`. */
bool proof_read(struct arena *arena, const char *text, struct proof *ret_proof);
bool proof_is_signed(const struct proof *proof, const struct seal_key *public_key);
/* Does the paper say what was signed? */
bool proof_fits(const struct proof *proof, const struct canonical *letter);

#endif
