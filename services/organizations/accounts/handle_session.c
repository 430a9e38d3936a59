/* SPDX-License-Identifier: Apache-2.0 */
/* Bearer token to actor token, and what an actor may ask of himself. On the worker's thread, without a transaction. */
#include "organizations/accounts/store_account.h"
#include "organizations/accounts/token.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "rpc/call.h"
#include "base/banned.h"

/* The words of a blank-separated list. */
static size_t
split(struct arena *arena, const char *list, const char *const **ret_words)
{
    char *text = arena_text(arena, list ? list : "");
    const char **words = arena_array(arena, strlen(text) / 2 + 1, sizeof *words);
    size_t count = 0;

    for (char *word = text; *word;) {
        size_t length = strcspn(word, " ");
        bool last = word[length] == '\0';

        word[length] = '\0';
        if (length)
            words[count++] = word;
        word += length + !last;
    }
    *ret_words = words;
    return count;
}

status_t
handle_exchange(struct call *call, const ExchangeRequest *in, ExchangeReply *out)
{
    const struct organizations_state *state = call->state;
    struct slice hash = token_hash(call->arena, in->token);
    struct actor actor = { .session_hash = hash, .expires_at_ms = call->now / 1000 + ACTOR_LIFE_MS };
    struct db_rows *row;
    struct slice signed_token;
    status_t st = account_of_token(call->db, call->arena, hash, &row);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_plain(PROBLEM_UNAUTHENTIC) : st;
    actor.account = db_id(row, 0, "id");
    actor.role = db_text(row, 0, "role");
    actor.organization = db_id(row, 0, "organization_id");
    actor.person = db_id(row, 0, "person_id");
    actor.n_permissions = split(call->arena, db_text(row, 0, "permissions"), &actor.permissions);
    signed_token = actor_sign(call->arena, &state->actor_seed, &actor);
    out->actor_token =
        (ProtobufCBinaryData){ .len = signed_token.size, .data = (uint8_t *)(uintptr_t)signed_token.data };
    out->expires_at_ms = actor.expires_at_ms;
    return db_rows_status(row);
}

static char *
id_text(struct arena *arena, const struct id *id)
{
    char *text = arena_alloc(arena, ID_SIZE);

    id_format(id, text);
    return text;
}

status_t
handle_get_session(struct call *call, const GetSessionRequest *in, Session *out)
{
    const struct actor *actor = call->actor;
    struct db_rows *row;
    status_t st = account_session(call->db, call->arena, &actor->account, &row);

    (void)in;
    if (st)
        return st;
    out->account_id = id_text(call->arena, &actor->account);
    out->account_name = wire_text(db_text(row, 0, "name"));
    out->role = wire_text(actor->role);
    out->organization_id = id_text(call->arena, &actor->organization);
    out->organization_name = wire_text(db_text(row, 0, "organization_name"));
    out->n_permissions = actor->n_permissions;
    out->permissions = (char **)(uintptr_t)actor->permissions;
    return db_rows_status(row);
}
