/* SPDX-License-Identifier: Apache-2.0 */
/* Audit rows. The caller's thread and transaction. */
#include "rpc/audit.h"

#include "io/clock.h"
#include "rpc/call.h"
#include "base/banned.h"

const struct db_statement sql_audit_insert = {
    "audit_insert",
    "INSERT INTO audit (id, at, account_id, role, organization_id, caller, request_id, action, object, object_id,"
    "                   before_hash, after_hash, reason)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
};

const struct db_statement sql_audit_insert_set = {
    "audit_insert_set",
    "INSERT INTO audit (id, at, account_id, role, organization_id, caller, request_id, action, object, object_id,"
    "                   before_hash, after_hash, reason)"
    " SELECT a.id::uuid, a.at::timestamptz, a.account_id::uuid, a.role, a.organization_id::uuid, a.caller,"
    "        a.request_id::uuid, a.action, a.object, a.object_id::uuid, a.before_hash, a.after_hash, a.reason"
    "   FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],"
    "               $9::text[], $10::text[], $11::bytea[], $12::bytea[], $13::text[])"
    "        AS a (id, at, account_id, role, organization_id, caller, request_id, action, object, object_id,"
    "              before_hash, after_hash, reason)",
};

static const struct db_many entries = { &sql_audit_insert, &sql_audit_insert_set, .bytes = 1U << 10 | 1U << 11 };

static void
add_hash(struct db_args *args, struct arena *arena, struct slice content)
{
    uint8_t *hash;

    if (!content.data) {
        db_arg_null(args);
        return;
    }
    hash = arena_alloc(arena, SEAL_HASH);
    seal_hash(content, hash);
    db_arg_bytes(args, slice_make(hash, SEAL_HASH));
}

void
audit_add_work(const struct audit_work *work, const struct audit_entry *entry)
{
    struct db_args args = { 0 };
    struct id id = clock_id();

    db_arg_id(&args, &id);
    db_arg_instant(&args, work->now);
    db_arg_id(&args, work->actor ? &work->actor->account : NULL);
    db_arg_text(&args, work->actor ? work->actor->role : NULL);
    db_arg_id(&args, work->actor ? &work->actor->organization : NULL);
    db_arg_text(&args, work->process);
    db_arg_id(&args, &work->request);
    db_arg_text(&args, work->action);
    db_arg_text(&args, entry->object);
    db_arg_id(&args, entry->id);
    add_hash(&args, work->arena, entry->before);
    add_hash(&args, work->arena, entry->after);
    db_arg_text(&args, entry->reason);
    db_gather(work->db, &entries, &args);
}

void
audit_add(struct call *call, const struct audit_entry *entry)
{
    struct audit_work work = { .db = call->db,
                               .arena = call->arena,
                               .actor = call->actor,
                               .process = call->caller,
                               .action = call->method->name,
                               .request = call->request->id,
                               .now = call->now };

    audit_add_work(&work, entry);
    call->audited = true;
}
