/* SPDX-License-Identifier: Apache-2.0 */
/* Who may read a file, judged in the statement. The worker's thread. */
#include "organizations/files/store_file.h"

#include <liangxin/organizations/v1/organizations.facts.h>

#include "organizations/documents/document_kinds.h"
#include "organizations/documents/record_scope.h"
#include "organizations/state.h"
#include "base/banned.h"

struct file_store
file_store_of(const struct call *call)
{
    const struct organizations_state *state = call->state;

    return (struct file_store){ .db = call->db, .arena = call->arena, .ring = &state->identity_ring, .now = call->now };
}

const struct db_statement sql_file_readable = {
    "file_readable",
    "SELECT f.id FROM file f"
    " WHERE f.id = $2 AND (f.account_id = $3"
    "       OR EXISTS (SELECT FROM document d JOIN record_place p ON p.record = d.record AND p.id = d.record_id"
    "                   WHERE d.file_id = f.id AND d.record = ANY ($4::text[]) AND " PLACE_READ "))",
};

/* Kinds of records that the actor may read papers of. */
static size_t
readable_records(const struct actor *actor, const char *ret_kinds[RECORD_KINDS])
{
    size_t count = 0;

    if (!actor_may(actor, organizations_list_documents.permission))
        return 0;
    for (int kind = RECORD_ORGANIZATION; kind < RECORD_KINDS; kind++)
        if (actor_may(actor, record_permission(kind)))
            ret_kinds[count++] = word_code(record_kinds, kind);
    return count;
}

status_t
file_readable(struct call *call, const struct id *id, struct stored_file *ret_file)
{
    struct file_store store = file_store_of(call);
    const char *kinds[RECORD_KINDS];
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    db_arg_texts(&args, call->arena, kinds, readable_records(call->actor, kinds));
    st = db_query_row(call->db, call->arena, &sql_file_readable, &args, &row);
    return st ? st : file_find(&store, id, ret_file);
}

const struct db_statement sql_file_own = {
    "file_own",
    "SELECT f.id FROM file f WHERE f.id = $1 AND f.account_id = $2 FOR UPDATE",
};

status_t
file_own(struct call *call, const struct id *id, struct stored_file *ret_file)
{
    struct file_store store = file_store_of(call);
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, &call->actor->account);
    st = db_query_row(call->db, call->arena, &sql_file_own, &args, &row);
    return st ? st : file_find(&store, id, ret_file);
}
