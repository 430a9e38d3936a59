/* SPDX-License-Identifier: Apache-2.0 */
/* A new account with one post. Its bearer token is in this answer and nowhere else. */
#include "organizations/accounts/store_account.h"
#include "organizations/accounts/token.h"
#include "organizations/wire.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "base/banned.h"

/* The order matters: an organization outside one's scope does not exist. */
static status_t
judge(struct call *call, struct db_rows *facts)
{
    if (!db_bool(facts, 0, "known_organization"))
        return status_field(call->arena, PROBLEM_NOT_FOUND, "/organization_id");
    if (!db_bool(facts, 0, "known_role"))
        return status_field(call->arena, PROBLEM_BAD_VALUE, "/role");
    if (!db_bool(facts, 0, "may_appoint"))
        return status_plain(PROBLEM_DENIED);
    return db_rows_status(facts);
}

static void
answer(struct call *call, const CreateAccountRequest *in, const struct account *account, const char *token,
       CreatedAccount *out)
{
    char *id = arena_alloc(call->arena, ID_SIZE);

    id_format(&account->id, id);
    out->id = id;
    out->name = in->name;
    out->role = in->role;
    out->organization_id = in->organization_id;
    out->token = wire_text(token);
}

status_t
handle_create_account(struct call *call, const CreateAccountRequest *in, CreatedAccount *out)
{
    struct account *account = arena_alloc(call->arena, sizeof *account);
    const char *token;
    struct db_rows *facts;
    status_t st;

    *account = (struct account){
        .id = clock_id(), .name = in->name, .role = in->role, .organization = wire_read_id(in->organization_id)
    };
    st = account_facts(call->db, call->arena, account, call->actor->role, call_scope(call), &facts);
    if (!st)
        st = judge(call, facts);
    if (st)
        return st;
    token = token_make(call->arena);
    account_insert(call->db, account, call->now);
    account_token_insert(call->db, &account->id, token_hash(call->arena, token), call->now);
    audit_add(call, &(struct audit_entry){ .object = "account",
                                           .id = &account->id,
                                           .after = slice_of(arena_printf(call->arena, "%s|%s|%s", in->name, in->role,
                                                                          in->organization_id)) });
    answer(call, in, account, token, out);
    return OK;
}
