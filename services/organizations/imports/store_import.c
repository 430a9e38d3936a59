/* SPDX-License-Identifier: Apache-2.0 */
/* Imports as the API sees them. Scope is judged in the statement that reads. */
#include "organizations/imports/store_import.h"

#include "organizations/ledgers/row_set.h"
#include "base/banned.h"

#define UNDO_TIME "interval '24 hours'"
#define IMPORT_COLUMNS                                                                                                 \
    "i.id, i.ledger, i.state, i.file_name, i.read, i.created, i.updated, i.unchanged, i.duplicate, i.invalid, i.done," \
    " i.problem, i.problem_detail, i.created_at, i.version, i.hidden, i.undone, i.kept,"                               \
    " i.written_at + " UNDO_TIME " AS undo_until,"                                                                     \
    " (SELECT string_agg(h.heading || chr(31) || coalesce(h.\"column\", chr(29)), chr(30))"                            \
    "    FROM jsonb_to_recordset(i.headings) AS h (heading text, \"column\" text)) AS headings"

const struct db_statement sql_import_heading_put = {
    "import_heading_put",
    "INSERT INTO import_heading (organization_id, ledger, heading, column_name, account_id, at)"
    " SELECT $1, $2, r.heading, r.\"column\", $3, $4"
    "   FROM jsonb_to_recordset($5::jsonb) AS r (heading text, \"column\" text)"
    " ON CONFLICT (organization_id, ledger, heading) DO UPDATE SET column_name = excluded.column_name,"
    "    account_id = excluded.account_id, at = excluded.at",
};

static void
remember(struct call *call, const struct import_draft *draft)
{
    struct db_args args = { 0 };
    struct row_set set;

    if (draft->n_choices == 0)
        return;
    row_set_open(&set);
    for (size_t i = 0; i < draft->n_choices; i++) {
        row_set_begin(&set);
        row_set_text(&set, "heading", draft->choices[i].heading);
        row_set_text(&set, "column", draft->choices[i].column);
        row_set_end(&set);
    }
    db_arg_id(&args, &call->actor->organization);
    db_arg_text(&args, draft->ledger);
    db_arg_id(&args, &call->actor->account);
    db_arg_instant(&args, call->now);
    db_arg_text(&args, row_set_close(&set, call->arena));
    db_queue(call->db, &sql_import_heading_put, &args);
}

const struct db_statement sql_import_insert = {
    "import_insert",
    "INSERT INTO import (id, account_id, role, organization_id, request_id, ledger, state, file_name, created_at,"
    "                    worked_at, version, file_id, sheet, mapping)"
    " SELECT $1, $2, $3, $4, $5, $6, 'queued', $7, $8, $8, 1, $9, $10,"
    "        jsonb_agg(jsonb_build_object('heading', h.heading, 'column', h.column_name))"
    "   FROM import_heading h WHERE h.organization_id = $4 AND h.ledger = $6",
};

void
import_insert(struct call *call, const struct import_draft *draft)
{
    struct db_args args = { 0 };

    remember(call, draft);
    db_arg_id(&args, &draft->id);
    db_arg_id(&args, &call->actor->account);
    db_arg_text(&args, call->actor->role);
    db_arg_id(&args, &call->actor->organization);
    db_arg_id(&args, &call->request->id);
    db_arg_text(&args, draft->ledger);
    db_arg_text(&args, draft->file_name);
    db_arg_instant(&args, call->now);
    db_arg_id(&args, &draft->file);
    db_arg_text(&args, draft->sheet);
    db_queue(call->db, &sql_import_insert, &args);
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

/* Who works on a chunk holds the row: the commit stops behind it. What was written can be undone from now on. */
const struct db_statement sql_import_cancel = {
    "import_cancel",
    "UPDATE import i SET state = 'cancelled', worked_at = $2, version = version + 1,"
    "                    written_at = CASE WHEN state = 'committing' AND done > 0 THEN $2::timestamptz END"
    " WHERE id = $1"
    " RETURNING " IMPORT_COLUMNS,
};

const struct db_statement sql_import_begin_undo = {
    "import_begin_undo",
    "UPDATE import i SET state = 'undoing', worked_at = $2, version = version + 1"
    " WHERE id = $1"
    " RETURNING " IMPORT_COLUMNS,
};

static status_t
change(struct call *call, const struct db_statement *statement, const struct id *id, struct db_rows **ret_row)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, call->now);
    return db_query_row(call->db, call->arena, statement, &args, ret_row);
}

status_t
import_cancel(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return change(call, &sql_import_cancel, id, ret_row);
}

status_t
import_begin_undo(struct call *call, const struct id *id, struct db_rows **ret_row)
{
    return change(call, &sql_import_begin_undo, id, ret_row);
}

const struct db_statement sql_import_rows = {
    "import_rows",
    "SELECT r.row, r.outcome, r.undo, r.kept_code,"
    "       (SELECT string_agg(coalesce(p.\"column\", '') || chr(31) || p.code, chr(30))"
    "          FROM jsonb_to_recordset(r.problems) AS p (\"column\" text, code text)) AS problems"
    "  FROM import_row r"
    " WHERE r.import_id = $1 AND ($2::text IS NULL OR r.outcome = $2) AND ($3::text IS NULL OR r.undo = $3)"
    "   AND ($4::bigint IS NULL OR r.row > $4)"
    " ORDER BY r.row"
    " LIMIT $5",
};

status_t
import_rows(struct call *call, const struct id *id, const struct import_filter *filter, const struct page *page,
            struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_text(&args, filter->outcome);
    db_arg_text(&args, filter->undo);
    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_import_rows, &args, ret_rows);
}
