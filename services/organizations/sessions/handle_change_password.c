/* SPDX-License-Identifier: Apache-2.0 */
/* A new password, for the old one or a one-time code. On the worker's thread; both hashes are made in the prepare step.
 */
#include "organizations/sessions/log_in.h"
#include "organizations/sessions/password_rule.h"
#include "organizations/sessions/password_text.h"
#include "organizations/accounts/store_account.h"
#include "organizations/sessions/store_session.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

static status_t
check_old(struct call *call, const char *name, const char *typed)
{
    struct slice key = log_in_key(call, name);
    struct db_rows *facts;
    bool by_code;
    status_t st = log_in_facts(call, name, key, &facts);

    return st ? st : log_in_check(call, facts, key, typed, &by_code);
}

static status_t
check_new(struct call *call, const char *name, struct slice wanted, const char *old)
{
    const char *fault = password_fault(wanted, slice_of(name));
    struct slice used = password_text(call->arena, old);

    if (!fault && seal_equal(wanted, used))
        fault = "same";
    password_text_wipe(used);
    if (fault)
        return status_detail(call->arena, PROBLEM_WEAK_PASSWORD, "new_password: %s", fault);
    return OK;
}

static status_t
prepare(struct call *call, const ChangePasswordRequest *in)
{
    char *hash = arena_alloc(call->arena, SEAL_PASSWORD);
    struct slice wanted;
    struct db_rows *row;
    const char *name;
    status_t st;

    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (!st)
        st = account_session(call, &row);
    if (st)
        return st;
    name = db_text(row, 0, "name");
    wanted = password_text(call->arena, in->new_password);
    st = check_new(call, name, wanted, in->old_password);
    if (!st)
        st = check_old(call, name, in->old_password);
    if (!st && !seal_password_make(wanted, hash))
        st = status_plain(PROBLEM_EXHAUSTED);
    password_text_wipe(wanted);
    call->prepared = hash;
    return st;
}

status_t
prepare_change_password(struct call *call, const ProtobufCMessage *message)
{
    const ChangePasswordRequest *in = (const ChangePasswordRequest *)message;
    status_t st = prepare(call, in);

    seal_wipe(in->old_password, strlen(in->old_password));
    seal_wipe(in->new_password, strlen(in->new_password));
    return st;
}

status_t
handle_change_password(struct call *call, const ChangePasswordRequest *in, PasswordChanged *out)
{
    const struct id *account = &call->actor->account;
    struct db_rows *ended;
    status_t st;

    (void)in;
    account_set_password(call, account, call->prepared);
    session_clear(call, call->actor->session_hash);
    audit_add(call, &(struct audit_entry){ .object = "account", .id = account, .after = slice_of("password") });
    st = session_end_all(call, account, call->actor->session_hash, &ended);
    if (st)
        return st;
    out->ended = db_count(ended);
    return OK;
}
