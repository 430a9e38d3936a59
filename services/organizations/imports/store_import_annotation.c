/* SPDX-License-Identifier: Apache-2.0 */
/* Annotated files in the database. The jobs thread; the last function is the worker's. */
#include "organizations/imports/store_import.h"
#include "base/banned.h"

const struct db_statement sql_import_results = {
    "import_results",
    "SELECT r.row, r.outcome, r.undo, r.kept_code,"
    "       (SELECT string_agg(coalesce(p.\"column\", '') || chr(31) || p.code, chr(30))"
    "          FROM jsonb_to_recordset(r.problems) AS p (\"column\" text, code text)) AS problems"
    "  FROM import_row r WHERE r.import_id = $1 AND r.row > $2 ORDER BY r.row LIMIT $3",
};

status_t
import_results(struct db *db, struct arena *arena, const struct id *id, int64_t after, int64_t limit,
               struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_i64(&args, after);
    db_arg_i64(&args, limit);
    return db_query(db, arena, &sql_import_results, &args, ret_rows);
}

const struct db_statement sql_import_annotated = {
    "import_annotated",
    "UPDATE import SET annotated_file = $2, annotated_state = $3 WHERE id = $1",
};

void
import_annotated(struct db *db, const struct import_claim *claim, const struct id *file)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_id(&args, file);
    db_arg_text(&args, claim->state);
    db_queue(db, &sql_import_annotated, &args);
}

/* It holds what was uploaded, unmasked, so it is the uploader's alone. */
const struct db_statement sql_import_annotation = {
    "import_annotation",
    "SELECT i.annotated_file, i.state IN ('failed') OR i.file_id IS NULL AS never, i.annotated_state = i.state AS ready"
    "  FROM import i JOIN organization_line l ON l.descendant = i.organization_id AND l.ancestor = $2"
    " WHERE i.id = $1 AND i.account_id = $3",
};

status_t
import_annotation(struct call *call, const struct id *id, struct id *ret_file)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_id(&args, id);
    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, &call->actor->account);
    st = db_query_row(call->db, call->arena, &sql_import_annotation, &args, &row);
    if (st)
        return st;
    *ret_file = db_id(row, 0, "annotated_file");
    if (db_bool(row, 0, "never"))
        return status_plain(PROBLEM_NOT_FOUND);
    if (!db_bool(row, 0, "ready"))
        return status_plain(PROBLEM_BUSY);
    return id_is_nil(ret_file) ? status_plain(PROBLEM_NOT_FOUND) : db_rows_status(row);
}
