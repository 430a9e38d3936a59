/* SPDX-License-Identifier: Apache-2.0 */
/* Lock, unlock, reset: what the level above does to an account. On the worker's thread, in its transaction. */
#include "organizations/sessions/log_in.h"
#include "organizations/accounts/manage.h"
#include "organizations/sessions/store_session.h"
#include "organizations/accounts/token.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

static void
note(struct call *call, const struct id *account, struct db_rows *row, const char *after)
{
    audit_add(call, &(struct audit_entry){ .object = "account",
                                           .id = account,
                                           .before = slice_of(db_bool(row, 0, "locked") ? "locked" : "open"),
                                           .after = slice_of(after) });
}

static void
answer(const AccountId *in, struct db_rows *row, bool locked, AccountState *out)
{
    out->id = in->id;
    out->name = wire_text(db_text(row, 0, "name"));
    out->locked = locked;
}

status_t
handle_lock_account(struct call *call, const AccountId *in, AccountState *out)
{
    struct id account = wire_read_id(in->id);
    struct db_rows *row;
    struct db_rows *ended;
    status_t st = manage_account(call, &account, &row);

    if (st)
        return st;
    account_lock(call, &account);
    note(call, &account, row, "locked");
    answer(in, row, true, out);
    return session_end_all(call, &account, slice_of(""), &ended);
}

status_t
handle_unlock_account(struct call *call, const AccountId *in, AccountState *out)
{
    struct id account = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = manage_account(call, &account, &row);

    if (st)
        return st;
    account_unlock(call, &account);
    log_in_forgive(call, log_in_key(call, db_text(row, 0, "name")));
    note(call, &account, row, "open");
    answer(in, row, false, out);
    return OK;
}

status_t
handle_reset_account(struct call *call, const AccountId *in, ActivationCode *out)
{
    struct id account = wire_read_id(in->id);
    const char *code = code_make(call->arena);
    instant_t until = call->now + CODE_LIFE;
    struct db_rows *row;
    struct db_rows *ended;
    status_t st = manage_account(call, &account, &row);

    if (st)
        return st;
    account_reset(call, &account, code_hash(call->arena, slice_of(code)), until);
    log_in_forgive(call, log_in_key(call, db_text(row, 0, "name")));
    note(call, &account, row, "reset");
    out->account_id = in->id;
    out->name = wire_text(db_text(row, 0, "name"));
    out->code = wire_text(code);
    out->expires_at = arena_alloc(call->arena, INSTANT_SIZE);
    instant_format(until, out->expires_at);
    return session_end_all(call, &account, slice_of(""), &ended);
}
