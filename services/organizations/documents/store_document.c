/* SPDX-License-Identifier: Apache-2.0 */
/* Documents' rows. The worker's thread and transaction. */
#include "organizations/documents/store_document.h"

#include "organizations/documents/record_scope.h"
#include "base/banned.h"

#define DOCUMENT_COLUMNS                                                                                               \
    "d.id, d.record, d.record_id, d.kind, d.title, d.edition, d.replaces, d.file_id, f.name AS file_name,"             \
    " f.media_type, f.size, d.attached_at, d.withdrawn_at, d.withdrawn_reason, d.version,"                             \
    " NOT EXISTS (SELECT FROM document n WHERE n.replaces = d.id) AS newest"

const struct db_statement sql_record_writable = {
    "record_writable",
    "SELECT p.id FROM record_place p WHERE p.record = $2 AND p.id = $3 AND " PLACE_WRITE " LIMIT 1",
};

status_t
record_writable(struct call *call, const char *record, const struct id *id)
{
    struct db_args args = { 0 };
    struct db_rows *row;

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, record);
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_record_writable, &args, &row);
}

const struct db_statement sql_document_lock = {
    "document_lock",
    "SELECT " DOCUMENT_COLUMNS " FROM document d JOIN file f ON f.id = d.file_id"
    " WHERE d.id = $2"
    "   AND EXISTS (SELECT FROM record_place p WHERE p.record = d.record AND p.id = d.record_id AND " PLACE_WRITE ")"
    "   FOR UPDATE OF d",
};

status_t
document_lock(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, id);
    return db_query_row(call->db, call->arena, &sql_document_lock, &args, ret_row);
}

const struct db_statement sql_document_insert = {
    "document_insert",
    "WITH d AS (INSERT INTO document (id, record, record_id, kind, title, edition, replaces, file_id, attached_at, "
    "version)"
    "           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1) RETURNING *)"
    " SELECT " DOCUMENT_COLUMNS " FROM d JOIN file f ON f.id = d.file_id",
};

status_t
document_insert(struct call *call, const struct document_draft *draft, struct db_rows **ret_row)
{
    struct db_args args = { 0 };
    status_t st;

    db_arg_id(&args, &draft->id);
    db_arg_text(&args, draft->record);
    db_arg_id(&args, &draft->record_id);
    db_arg_text(&args, draft->kind);
    db_arg_text(&args, draft->title);
    db_arg_i64(&args, draft->edition);
    db_arg_id(&args, draft->replaces);
    db_arg_id(&args, &draft->file);
    db_arg_instant(&args, call->now);
    st = db_query_row(call->db, call->arena, &sql_document_insert, &args, ret_row);
    if (st && (db_violated(call->db, "document_replaced_once") || db_violated(call->db, "document_file_once")))
        return status_plain(PROBLEM_ALREADY_EXISTS);
    return st;
}

const struct db_statement sql_document_withdraw = {
    "document_withdraw",
    "WITH d AS (UPDATE document SET withdrawn_at = $2, withdrawn_reason = $3, version = version + 1"
    "            WHERE id = $1 RETURNING *)"
    " SELECT " DOCUMENT_COLUMNS " FROM d JOIN file f ON f.id = d.file_id",
};

status_t
document_withdraw(struct call *call, const struct id *id, const char *reason, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, reason);
    return db_query_row(call->db, call->arena, &sql_document_withdraw, &args, ret_row);
}

const struct db_statement sql_document_note = {
    "document_note",
    "INSERT INTO document_history (document_id, version, at, action, account_id, role, organization_id, reason)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
};

void
document_note(struct call *call, const struct id *id, int64_t version, const char *action, const char *reason)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_i64(&args, version);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, action);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, reason);
    db_queue(call->db, &sql_document_note, &args);
}

const struct db_statement sql_document_list = {
    "document_list",
    "SELECT " DOCUMENT_COLUMNS " FROM document d JOIN file f ON f.id = d.file_id"
    " WHERE d.record_id = $3 AND d.record = $2 AND ($4::uuid IS NULL OR d.id < $4)"
    "   AND EXISTS (SELECT FROM record_place p WHERE p.record = d.record AND p.id = d.record_id AND " PLACE_READ ")"
    " ORDER BY d.id DESC LIMIT $5",
};

status_t
document_list(struct call *call, const char *record, const struct id *id, const struct page *page,
              struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, call_scope(call));
    db_arg_text(&args, record);
    db_arg_id(&args, id);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_document_list, &args, ret_rows);
}

const struct db_statement sql_document_count = {
    "document_count",
    "SELECT count(*) AS n FROM document d WHERE d.record = 'member' AND d.record_id = $1 AND d.withdrawn_at IS NULL"
    "   AND NOT EXISTS (SELECT FROM document newer WHERE newer.replaces = d.id)",
};

status_t
document_count(struct call *call, const struct id *member, uint32_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, member);
    st = db_query_row(call->db, call->arena, &sql_document_count, &args, &row);
    if (st)
        return st;
    *ret_count = (uint32_t)db_i64(row, 0, "n");
    return db_rows_status(row);
}
