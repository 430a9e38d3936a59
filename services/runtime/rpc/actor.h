/* SPDX-License-Identifier: Apache-2.0 */
/* Who acts: the token that organizations signs (Ed25519) and every service verifies. 30 seconds of life make log-out,
 * lock and loss of a role complete everywhere soon. */
#ifndef LIANGXIN_RPC_ACTOR_H
#define LIANGXIN_RPC_ACTOR_H

#include "base/id.h"
#include "base/status.h"
#include "io/seal.h"

#define ACTOR_LIFE_MS 30000
#define ACTOR_CACHE   256 /* verified tokens a thread remembers */

struct actor {
    struct id account;
    const char *role;       /* 角色 */
    struct id organization; /* the acting post's organization */
    struct id person;       /* nil: the account is bound to no person */
    struct id own;          /* what the post is narrowed to (本人, 联系单位); nil: to nothing */
    const char *const *permissions;
    size_t n_permissions;
    int64_t expires_at_ms; /* since the epoch */
    struct slice session_hash;
};

/* Tokens this thread has verified already, by hash; verification costs 100 times the look-up. */
struct actor_cache {
    struct {
        uint8_t hash[SEAL_HASH];
        int64_t expires_at_ms;
    } slot[ACTOR_CACHE];
};

/* The signed token, in `arena`. */
struct slice actor_sign(struct arena *arena, const struct seal_key *seed, const struct actor *actor);
/* UNAUTHENTIC unless the signature is good and `now_ms` (since the epoch) lies before the expiry. */
status_t actor_verify(struct arena *arena, const struct seal_key *public_key, struct actor_cache *cache,
                      struct slice token, int64_t now_ms, struct actor *ret_actor);
bool actor_may(const struct actor *actor, const char *permission);
/* The scope argument of statements: the acting organization, below which all is within reach; or for a post that is
 * narrowed its `own`, which is no organization's id, so that a statement that knows of nothing narrower finds nothing.
 */
const struct id *actor_scope(const struct actor *actor);

#endif
