/* SPDX-License-Identifier: Apache-2.0 */
/* Imports as the API sees them. Scope is judged in the statement that reads. */
#include "organizations/imports/store_import.h"

#include "organizations/imports/file_seal.h"
#include "base/banned.h"

#define IMPORT_COLUMNS                                                                                                 \
    "i.id, i.ledger, i.state, i.file_name, i.read, i.created, i.updated, i.unchanged, i.duplicate, i.invalid, i.done," \
    " i.problem, i.problem_detail, i.created_at, i.version"

const struct db_statement sql_import_insert = {
    "import_insert",
    "INSERT INTO import (id, account_id, role, organization_id, request_id, ledger, state, file_name, created_at,"
    "                    worked_at, version)"
    " VALUES ($1, $2, $3, $4, $5, $6, 'queued', $7, $8, $8, 1)",
};

const struct db_statement sql_import_chunk_insert = {
    "import_chunk_insert",
    "INSERT INTO import_chunk (import_id, no, bytes) VALUES ($1, $2, $3)",
};

static void
insert_chunks(struct call *call, const struct import_draft *draft)
{
    for (size_t at = 0, no = 0; at < draft->content.size; at += IMPORT_CHUNK, no++) {
        size_t left = draft->content.size - at;
        struct slice chunk = slice_make(draft->content.data + at, left < IMPORT_CHUNK ? left : IMPORT_CHUNK);
        struct db_args args = { 0 };

        db_arg_id(&args, &draft->id);
        db_arg_i64(&args, (int64_t)no);
        db_arg_bytes(&args, file_seal(call->arena, call->state, &draft->id, (int64_t)no, chunk));
        db_queue(call->db, &sql_import_chunk_insert, &args);
    }
}

void
import_insert(struct call *call, const struct import_draft *draft)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &draft->id);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, &call->request->id);
    db_arg_text(&args, draft->ledger);
    db_arg_text(&args, draft->file_name);
    db_arg_instant(&args, call->now);
    db_queue(call->db, &sql_import_insert, &args);
    insert_chunks(call, draft);
}

const struct db_statement sql_import_find = {
    "import_find",
    "SELECT " IMPORT_COLUMNS
    "  FROM import i JOIN organization_line l ON l.descendant = i.organization_id AND l.ancestor = $2"
    " WHERE i.id = $1",
};

const struct db_statement sql_import_lock = {
    "import_lock",
    "SELECT " IMPORT_COLUMNS
    "  FROM import i JOIN organization_line l ON l.descendant = i.organization_id AND l.ancestor = $2"
    " WHERE i.id = $1"
    "   FOR UPDATE OF i",
};

static status_t
find(struct call *call, const struct db_statement *statement, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    return db_query_row(call->db, call->arena, statement, &args, ret_row);
}

status_t
import_find(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return find(call, &sql_import_find, id, ret_row);
}

status_t
import_lock(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return find(call, &sql_import_lock, id, ret_row);
}

const struct db_statement sql_import_begin_commit = {
    "import_begin_commit",
    "UPDATE import i"
    "   SET state = CASE WHEN read = 0 THEN 'succeeded' ELSE 'committing' END, good_rows_only = $2, base_month = $3,"
    "       created = 0, updated = 0, unchanged = 0, duplicate = 0, invalid = 0, done = 0, worked_at = $4,"
    "       version = version + 1"
    " WHERE id = $1"
    " RETURNING " IMPORT_COLUMNS,
};

status_t
import_begin_commit(struct call *call, const struct id *id, bool good_rows_only, struct db_rows **ret_row)
{
    struct db_args args = { 0 };
    char month[MONTH_SIZE];

    month_format(month_of(call->today), month);
    db_arg_id(&args, id);
    db_arg_bool(&args, good_rows_only);
    db_arg_text(&args, month);
    db_arg_instant(&args, call->now);
    return db_query_row(call->db, call->arena, &sql_import_begin_commit, &args, ret_row);
}

const struct db_statement sql_import_rows = {
    "import_rows",
    "SELECT r.row, r.outcome,"
    "       (SELECT string_agg(coalesce(p.\"column\", '') || chr(31) || p.code, chr(30))"
    "          FROM jsonb_to_recordset(r.problems) AS p (\"column\" text, code text)) AS problems"
    "  FROM import_row r"
    " WHERE r.import_id = $1 AND ($2::text IS NULL OR r.outcome = $2) AND ($3::bigint IS NULL OR r.row > $3)"
    " ORDER BY r.row"
    " LIMIT $4",
};

status_t
import_rows(struct call *call, const struct id *id, const char *outcome, const struct page *page,
            struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_text(&args, outcome);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_import_rows, &args, ret_rows);
}
