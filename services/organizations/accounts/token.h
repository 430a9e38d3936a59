/* SPDX-License-Identifier: Apache-2.0 */
/* Bearer tokens (32 random bytes as hex) and one-time codes (激活码, 80 random bits in four groups): told once; the
 * database keeps only their hash. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_TOKEN_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_TOKEN_H

#include "base/arena.h"
#include "base/date.h"
#include "io/seal.h"

#define TOKEN_BYTES 32
#define CODE_LIFE   (7 * (instant_t)86400 * 1000000) /* of a one-time code, microseconds */

/* A new token, in `arena`. */
const char *token_make(struct arena *arena);
/* What the database knows of it, in `arena`. */
struct slice token_hash(struct arena *arena, const char *token);

/* A new code, "K7QX-M2PA-9TRE-WZ4C", in `arena`. */
const char *code_make(struct arena *arena);
/* Its hash, however it was typed: case, blanks and hyphens do not matter. */
struct slice code_hash(struct arena *arena, struct slice code);

#endif
