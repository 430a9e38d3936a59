/* SPDX-License-Identifier: Apache-2.0 */
/* Actor tokens: message bytes and a signature behind them. Pure but for the arena and the caller's cache. */
#include "rpc/actor.h"

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "rpc/codec.h"
#include "base/banned.h"

/* Signed in front of the message, so that a signature made for another purpose does not fit here. */
#define PURPOSE "liangxin.actor.v1"

static ProtobufCBinaryData
id_bytes(const struct id *id)
{
    return (ProtobufCBinaryData){ .len = ID_BYTES, .data = (uint8_t *)(uintptr_t)id->bytes };
}

static struct slice
with_purpose(struct arena *arena, struct slice body)
{
    char *text = arena_alloc(arena, sizeof PURPOSE + body.size);

    memcpy(text, PURPOSE, sizeof PURPOSE);
    memcpy(text + sizeof PURPOSE, body.data, body.size);
    return slice_make(text, sizeof PURPOSE + body.size);
}

struct slice
actor_sign(struct arena *arena, const struct seal_key *seed, const struct actor *actor)
{
    Liangxin__Rpc__V1__ActorToken token = LIANGXIN__RPC__V1__ACTOR_TOKEN__INIT;
    struct slice body;
    uint8_t *signed_token;

    token.account_id = id_bytes(&actor->account);
    token.role = (char *)(uintptr_t)actor->role;
    token.organization_id = id_bytes(&actor->organization);
    token.session_hash = (ProtobufCBinaryData){ .len = actor->session_hash.size,
                                                .data = (uint8_t *)(uintptr_t)actor->session_hash.data };
    token.expires_at_ms = actor->expires_at_ms;
    token.permissions = (char **)(uintptr_t)actor->permissions;
    token.n_permissions = actor->n_permissions;
    token.person_id = id_bytes(&actor->person);
    token.own_id = id_bytes(&actor->own);
    body = codec_pack(arena, &token.base);
    signed_token = arena_alloc(arena, body.size + SEAL_SIGNATURE);
    memcpy(signed_token, body.data, body.size);
    seal_sign(seed, with_purpose(arena, body), signed_token + body.size);
    return slice_make(signed_token, body.size + SEAL_SIGNATURE);
}

static bool
remembered(struct actor_cache *cache, const uint8_t hash[SEAL_HASH], int64_t now_ms)
{
    size_t slot = hash[0];

    return memcmp(cache->slot[slot].hash, hash, SEAL_HASH) == 0 && now_ms < cache->slot[slot].expires_at_ms;
}

static status_t
read_token(struct arena *arena, struct slice body, struct actor *ret_actor)
{
    Liangxin__Rpc__V1__ActorToken *token;
    ProtobufCMessage *message;
    status_t st = codec_unpack(arena, &liangxin__rpc__v1__actor_token__descriptor, body, &message);

    if (st)
        return status_because(arena, PROBLEM_UNAUTHENTIC, st);
    token = (Liangxin__Rpc__V1__ActorToken *)message;
    *ret_actor = (struct actor){ .role = token->role,
                                 .permissions = (const char *const *)token->permissions,
                                 .n_permissions = token->n_permissions,
                                 .expires_at_ms = token->expires_at_ms,
                                 .session_hash = slice_make(token->session_hash.data, token->session_hash.len) };
    (void)id_from_bytes(token->person_id.data, token->person_id.len, &ret_actor->person); /* nil: no person */
    (void)id_from_bytes(token->own_id.data, token->own_id.len, &ret_actor->own);
    if (!id_from_bytes(token->account_id.data, token->account_id.len, &ret_actor->account) ||
        !id_from_bytes(token->organization_id.data, token->organization_id.len, &ret_actor->organization))
        return status_plain(PROBLEM_UNAUTHENTIC);
    return OK;
}

status_t
actor_verify(struct arena *arena, const struct seal_key *public_key, struct actor_cache *cache, struct slice token,
             int64_t now_ms, struct actor *ret_actor)
{
    uint8_t hash[SEAL_HASH];
    struct slice body;
    status_t st;

    if (token.size <= SEAL_SIGNATURE)
        return status_plain(PROBLEM_UNAUTHENTIC);
    body = slice_make(token.data, token.size - SEAL_SIGNATURE);
    seal_hash(token, hash);
    if (!remembered(cache, hash, now_ms) &&
        !seal_verify(public_key, with_purpose(arena, body), (const uint8_t *)body.data + body.size))
        return status_plain(PROBLEM_UNAUTHENTIC);
    st = read_token(arena, body, ret_actor);
    if (st)
        return st;
    if (now_ms >= ret_actor->expires_at_ms)
        return status_plain(PROBLEM_UNAUTHENTIC);
    memcpy(cache->slot[hash[0]].hash, hash, SEAL_HASH);
    cache->slot[hash[0]].expires_at_ms = ret_actor->expires_at_ms;
    return OK;
}

bool
actor_may(const struct actor *actor, const char *permission)
{
    for (size_t i = 0; i < actor->n_permissions; i++)
        if (strcmp(actor->permissions[i], permission) == 0)
            return true;
    return false;
}

const struct id *
actor_scope(const struct actor *actor)
{
    return id_is_nil(&actor->own) ? &actor->organization : &actor->own;
}
