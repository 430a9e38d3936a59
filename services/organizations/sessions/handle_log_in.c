/* SPDX-License-Identifier: Apache-2.0 */
/* Log-in. On the worker's thread. The password is looked at in the prepare step, outside of any transaction, for that
 * takes long; there a refusal is counted in a transaction of its own. A name that nobody has is treated like one that
 * somebody has: same time, same text, same count. */
#include "organizations/sessions/lockout.h"
#include "organizations/sessions/log_in.h"
#include "organizations/sessions/password_text.h"
#include "organizations/accounts/store_account.h"
#include "organizations/sessions/store_session.h"
#include "organizations/accounts/token.h"
#include "organizations/state.h"
#include "organizations/wire.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define MILLISECOND 1000 /* of instants */

/* What prepare leaves for the handler. */
struct log_in {
    struct session session;
    struct slice key;
    const char *token;
};

struct slice
log_in_key(struct call *call, const char *name)
{
    const struct organizations_state *state = call->state;
    uint8_t *index = arena_alloc(call->arena, SEAL_INDEX);

    seal_index(&state->identity_index, "log-in name", slice_of(name), index);
    return slice_make(index, SEAL_INDEX);
}

status_t
log_in_may_try(struct call *call, struct db_rows *facts)
{
    instant_t until = db_is_null(facts, 0, "wait_until") ? 0 : db_instant(facts, 0, "wait_until");

    if (until <= call->now)
        return OK;
    return status_later(call->arena, PROBLEM_LOG_IN_WAIT, (until - call->now) / MILLISECOND + 1);
}

static void
audit_refusal(struct call *call, struct db_rows *facts)
{
    struct audit_work work = { .db = call->db,
                               .arena = call->arena,
                               .process = call->caller,
                               .action = arena_printf(call->arena, "%s refused", call->method->name),
                               .request = call->request->id,
                               .now = call->now };
    struct id account = db_id(facts, 0, "id");

    if (!id_is_nil(&account))
        audit_add_work(&work, &(struct audit_entry){ .object = "account", .id = &account });
}

static status_t
count_refusal(struct call *call, struct slice key, struct db_rows *facts)
{
    struct db_rows *row;
    instant_t wait;
    status_t st;

    db_begin(call->db);
    st = log_in_failed(call, key, &row);
    if (!st) {
        wait = lockout_wait(db_i64(row, 0, "failures"));
        if (wait)
            log_in_wait(call, key, call->now + wait);
        audit_refusal(call, facts);
        st = db_commit(call->db, call->arena);
    }
    if (st)
        db_rollback(call->db);
    return st;
}

static bool
is_code(struct call *call, struct db_rows *facts, struct slice password)
{
    return !db_is_null(facts, 0, "code_hash") &&
           seal_equal(db_bytes(facts, 0, "code_hash"), code_hash(call->arena, password));
}

status_t
log_in_check(struct call *call, struct db_rows *facts, struct slice key, const char *typed, bool *ret_by_code)
{
    bool usable = !db_bool(facts, 0, "locked") && !db_is_null(facts, 0, "post_id");
    status_t st = log_in_may_try(call, facts);
    enum seal_verdict verdict;
    struct slice password;

    if (st)
        return st;
    password = password_text(call->arena, typed);
    *ret_by_code = is_code(call, facts, password);
    verdict = seal_password_check(password, db_text(facts, 0, "password"));
    password_text_wipe(password);
    if (verdict == SEAL_BUSY)
        return status_plain(PROBLEM_EXHAUSTED);
    if (usable && (*ret_by_code || verdict == SEAL_RIGHT))
        return db_rows_status(facts);
    st = count_refusal(call, key, facts);
    return st ? st : status_plain(PROBLEM_WRONG_LOG_IN);
}

static struct log_in *
new_log_in(struct call *call, struct db_rows *facts, struct slice key, bool by_code)
{
    struct log_in *log_in = arena_alloc(call->arena, sizeof *log_in);

    log_in->key = key;
    log_in->token = token_make(call->arena);
    log_in->session = (struct session){ .id = clock_id(),
                                        .hash = token_hash(call->arena, log_in->token),
                                        .account = db_id(facts, 0, "id"),
                                        .post = db_id(facts, 0, "post_id"),
                                        .by_code = by_code };
    return log_in;
}

status_t
prepare_log_in(struct call *call, const ProtobufCMessage *message)
{
    const LogInRequest *in = (const LogInRequest *)message;
    struct slice key = log_in_key(call, in->name);
    struct db_rows *facts;
    bool by_code = false;
    status_t st;

    db_deadline(call->db, call->deadline_ms);
    st = db_ready(call->arena, call->db);
    if (!st)
        st = log_in_facts(call, in->name, key, &facts);
    if (!st)
        st = log_in_check(call, facts, key, in->password, &by_code);
    seal_wipe(in->password, strlen(in->password));
    if (!st)
        call->prepared = new_log_in(call, facts, key, by_code);
    return st;
}

status_t
handle_log_in(struct call *call, const LogInRequest *in, LoggedIn *out)
{
    const struct log_in *log_in = call->prepared;
    const struct session *session = &log_in->session;
    char *account = arena_alloc(call->arena, ID_SIZE);
    char *expires = arena_alloc(call->arena, INSTANT_SIZE);

    (void)in;
    session_insert(call, session);
    session_limit(call, &session->account);
    account_logged_in(call, &session->account);
    log_in_forgive(call, log_in->key);
    audit_add(call, &(struct audit_entry){ .object = "session", .id = &session->id });
    id_format(&session->account, account);
    instant_format(call->now + SESSION_LIFE, expires);
    out->token = wire_text(log_in->token);
    out->account_id = account;
    out->must_change_password = session->by_code;
    out->expires_at = expires;
    return OK;
}
