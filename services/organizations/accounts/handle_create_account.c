/* SPDX-License-Identifier: Apache-2.0 */
/* A new account with one post. Its bearer token is in this answer and nowhere else. */
#include "organizations/accounts/manage.h"
#include "organizations/accounts/store_account.h"
#include "organizations/posts/store_post.h"
#include "organizations/accounts/token.h"
#include "organizations/wire.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
answer(struct call *call, const CreateAccountRequest *in, const struct post *post, const char *token,
       CreatedAccount *out)
{
    char *id = arena_alloc(call->arena, ID_SIZE);

    id_format(&post->account, id);
    out->id = id;
    out->name = in->name;
    out->role = in->role;
    out->organization_id = in->organization_id;
    out->token = wire_text(token);
}

static void
write_account(struct call *call, const CreateAccountRequest *in, const struct post *post, const char *token)
{
    account_insert(call->db, &post->account, in->name, call->now);
    post_insert(call->db, post);
    account_token_insert(call->db, &post->account, &post->id, token_hash(call->arena, token), call->now);
    audit_add(call, &(struct audit_entry){ .object = "account",
                                           .id = &post->account,
                                           .after = slice_of(arena_printf(call->arena, "%s|%s|%s", in->name, in->role,
                                                                          in->organization_id)) });
}

status_t
handle_create_account(struct call *call, const CreateAccountRequest *in, CreatedAccount *out)
{
    struct post *post = arena_alloc(call->arena, sizeof *post);
    const char *token;
    status_t st;

    *post = (struct post){ .id = clock_id(),
                           .account = clock_id(),
                           .role = in->role,
                           .organization = wire_read_id(in->organization_id),
                           .since = call->today,
                           .until = DATE_NONE };
    st = manage_may_appoint(call, post);
    if (st)
        return st;
    token = token_make(call->arena);
    write_account(call, in, post, token);
    answer(call, in, post, token, out);
    return OK;
}
