/* SPDX-License-Identifier: Apache-2.0 */
/* Bearer tokens: 32 random bytes as hex, told once; the database keeps only their hash. */
#ifndef LIANGXIN_ORGANIZATIONS_ACCOUNTS_TOKEN_H
#define LIANGXIN_ORGANIZATIONS_ACCOUNTS_TOKEN_H

#include "base/arena.h"
#include "io/seal.h"

#define TOKEN_BYTES 32

/* A new token, in `arena`. */
const char *token_make(struct arena *arena);
/* What the database knows of it, in `arena`. */
struct slice token_hash(struct arena *arena, const char *token);

#endif
