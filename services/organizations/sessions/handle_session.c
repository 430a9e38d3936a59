/* SPDX-License-Identifier: Apache-2.0 */
/* Token to actor, and what one may ask of one's own log-ins and posts. On the worker's thread. */
#include "organizations/accounts/store_account.h"
#include "organizations/posts/store_post.h"
#include "organizations/sessions/store_session.h"
#include "organizations/accounts/token.h"
#include "organizations/accounts/word_list.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* A log-in is seen when it is used, once a minute at most; a read may do that, for doing it twice is doing it once. */
static status_t
find_holder(struct call *call, struct slice hash, bool watching, struct db_rows **ret_row)
{
    status_t st = account_of_token(call, hash, ret_row);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_plain(PROBLEM_UNAUTHENTIC) : st;
    if (watching || !db_bool(*ret_row, 0, "stale"))
        return OK;
    session_touch(call->db, hash, call->now);
    return db_flush(call->db, call->arena);
}

status_t
handle_exchange(struct call *call, const ExchangeRequest *in, ExchangeReply *out)
{
    const struct organizations_state *state = call->state;
    struct slice hash = token_hash(call->arena, in->token);
    struct actor actor = { .session_hash = hash, .expires_at_ms = call->now / 1000 + ACTOR_LIFE_MS };
    struct db_rows *row;
    struct slice signed_token;
    status_t st = find_holder(call, hash, in->watching, &row);

    if (st)
        return st;
    actor.account = db_id(row, 0, "id");
    actor.role = db_text(row, 0, "role");
    actor.organization = db_id(row, 0, "organization_id");
    actor.person = db_id(row, 0, "person_id");
    actor.own = db_id(row, 0, "own_id");
    actor.n_permissions = word_list_split(call->arena, db_text(row, 0, "permissions"), &actor.permissions);
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

static status_t
set_posts(struct call *call, Session *out)
{
    struct db_rows *rows;
    status_t st = post_list_held(call, &call->actor->account, &rows);

    if (st)
        return st;
    out->n_posts = (size_t)db_count(rows);
    out->posts = arena_array(call->arena, out->n_posts, sizeof(Post *));
    for (size_t i = 0; i < out->n_posts; i++) {
        Post *post = post_new(call->arena);

        post_to_wire(call->arena, rows, (int)i, post);
        post->acting = strcmp(post->role, out->role) == 0 && strcmp(post->organization_id, out->organization_id) == 0;
        out->posts[i] = post;
    }
    return db_rows_status(rows);
}

status_t
handle_get_session(struct call *call, const GetSessionRequest *in, Session *out)
{
    const struct actor *actor = call->actor;
    struct db_rows *row;
    status_t st = account_session(call, &row);

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
    out->must_change_password = db_bool(row, 0, "by_code");
    st = set_posts(call, out);
    return st ? st : db_rows_status(row);
}

status_t
handle_log_out(struct call *call, const LogOutRequest *in, LoggedOut *out)
{
    struct db_rows *ended;
    status_t st;

    (void)in;
    audit_add(call, &(struct audit_entry){ .object = "account", .id = &call->actor->account });
    st = session_end(call, call->actor->session_hash, &ended);
    if (st)
        return st;
    out->ended = db_count(ended);
    return OK;
}

status_t
handle_switch_post(struct call *call, const SwitchPostRequest *in, Post *out)
{
    struct id id = wire_read_id(in->post_id);
    struct db_rows *row;
    status_t st = post_find_held(call, &id, &row);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? status_field(call->arena, PROBLEM_NOT_FOUND, "/post_id") : st;
    session_switch(call, call->actor->session_hash, &id);
    audit_add(call, &(struct audit_entry){
                        .object = "account", .id = &call->actor->account, .after = slice_of(in->post_id) });
    post_to_wire(call->arena, row, 0, out);
    out->acting = true;
    return db_rows_status(row);
}

status_t
handle_list_sessions(struct call *call, const ListSessionsRequest *in, SessionPage *out)
{
    struct db_rows *rows;
    status_t st = session_list(call, &rows);

    (void)in;
    if (st)
        return st;
    out->n_items = (size_t)db_count(rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(SessionItem *));
    for (int i = 0; i < db_count(rows); i++) {
        SessionItem *item = session_item_new(call->arena);

        item->id = wire_text(db_text(rows, i, "id"));
        item->created_at = arena_alloc(call->arena, INSTANT_SIZE);
        instant_format(db_instant(rows, i, "created_at"), item->created_at);
        item->seen_at = arena_alloc(call->arena, INSTANT_SIZE);
        instant_format(db_instant(rows, i, "seen_at"), item->seen_at);
        item->post_id = wire_text(db_text(rows, i, "post_id"));
        item->current = db_bool(rows, i, "current");
        out->items[i] = item;
    }
    return db_rows_status(rows);
}

status_t
handle_end_session(struct call *call, const SessionId *in, LoggedOut *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *ended;
    status_t st;

    audit_add(call, &(struct audit_entry){ .object = "session", .id = &id });
    st = session_end_own(call, &id, &ended);
    if (st)
        return st;
    if (db_count(ended) == 0)
        return status_plain(PROBLEM_NOT_FOUND);
    out->ended = db_count(ended);
    return OK;
}
