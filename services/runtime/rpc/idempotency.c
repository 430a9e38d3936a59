/* SPDX-License-Identifier: Apache-2.0 */
/* Stored answers. The worker's thread and transaction. */
#include "rpc/idempotency.h"

#include "base/check.h"
#include "base/banned.h"

/* The deadline of the statement and the lock of the key share a round trip with BEGIN. The lock is taken in a statement
 * of its own, before the look-up's snapshot. */
const struct db_statement sql_idempotency_lock = {
    "idempotency_lock",
    "SELECT set_config('statement_timeout', $1, true), pg_advisory_xact_lock(hashtextextended($2, 7))",
};

const struct db_statement sql_idempotency_find = {
    "idempotency_find",
    "SELECT method, request_hash, reply FROM idempotency WHERE account_id = $1 AND key = $2",
};

const struct db_statement sql_idempotency_store = {
    "idempotency_store",
    "INSERT INTO idempotency (account_id, key, method, request_hash, reply, at) VALUES ($1, $2, $3, $4, $5, $6)",
};

static struct seal_ring reply_ring; /* set before threads start */

void
idempotency_open(const struct seal_key *key)
{
    seal_derive(key, "stored answers", &reply_ring.key[0]);
    reply_ring.count = 1;
}

/* Who asked with which key: what the lock is taken on, and what a sealed answer is bound to. */
static const char *
identity_of(const struct call *call)
{
    char account[ID_SIZE];

    id_format(&call->actor->account, account);
    return arena_printf(call->arena, "%s %s", account, call->request->idempotency_key);
}

static void
queue_lock(struct call *call, int64_t left_ms)
{
    struct db_args args = { 0 };

    db_arg_i64(&args, left_ms);
    db_arg_text(&args, identity_of(call));
    db_queue(call->db, &sql_idempotency_lock, &args);
}

static status_t
compare(struct call *call, struct db_rows *row, struct slice body, struct slice *ret_reply)
{
    uint8_t hash[SEAL_HASH];

    seal_hash(body, hash);
    if (!slice_equal(db_bytes(row, 0, "request_hash"), slice_make(hash, SEAL_HASH)) ||
        strcmp(db_text(row, 0, "method"), call->method->name) != 0)
        return status_plain(PROBLEM_KEY_REUSED);
    if (!seal_open(call->arena, &reply_ring, db_bytes(row, 0, "reply"), slice_of(identity_of(call)), ret_reply))
        return status_detail(call->arena, PROBLEM_INTERNAL, "a stored answer does not open");
    return db_rows_status(row);
}

status_t
idempotency_begin(struct call *call, struct slice body, bool *ret_found, struct slice *ret_reply)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    CHECK(call->actor != NULL);
    queue_lock(call, call->method->budget_ms);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->request->idempotency_key);
    st = db_query(call->db, call->arena, &sql_idempotency_find, &args, &row);
    if (st)
        return st;
    *ret_found = db_count(row) > 0;
    return *ret_found ? compare(call, row, body, ret_reply) : OK;
}

void
idempotency_store(struct call *call, struct slice body, struct slice reply)
{
    struct db_args args = { 0 };
    uint8_t hash[SEAL_HASH];

    seal_hash(body, hash);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->request->idempotency_key);
    db_arg_text(&args, call->method->name);
    db_arg_bytes(&args, slice_make(hash, SEAL_HASH));
    db_arg_bytes(&args, seal_close(call->arena, &reply_ring, reply, slice_of(identity_of(call))));
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_idempotency_store, &args);
}
