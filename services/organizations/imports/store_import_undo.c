/* SPDX-License-Identifier: Apache-2.0 */
/* Undoing in the database: what rows wrote, what of it is removed, what became of each. The jobs thread. */
#include "organizations/ledgers/row_set.h"
#include "organizations/imports/store_import.h"
#include "base/banned.h"

static const char **
row_numbers(struct arena *arena, struct sheet_row **rows, size_t count)
{
    const char **numbers = arena_array(arena, count + 1, sizeof *numbers);

    for (size_t i = 0; i < count; i++)
        numbers[i] = arena_printf(arena, "%lld", (long long)rows[i]->row);
    return numbers;
}

const struct db_statement sql_import_written = {
    "import_written",
    "SELECT r.row, r.outcome, r.entity_version, r.former"
    "  FROM unnest($2::text[]) WITH ORDINALITY AS w (row, n)"
    "  JOIN import_row r ON r.import_id = $1 AND r.row = w.row::bigint"
    " WHERE r.entity_version IS NOT NULL AND r.undo IS NULL"
    " ORDER BY w.n",
};

status_t
import_written(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count,
               struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_texts(&args, work->arena, row_numbers(work->arena, rows, count), count);
    return db_query(work->db, work->arena, &sql_import_written, &args, ret_rows);
}

const struct db_statement sql_import_remove_created = {
    "import_remove_created",
    "SELECT u.row FROM undo_created($1, $2::text[]::bigint[], $3::text[]) AS u (row)",
};

status_t
import_remove_created(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count,
                      struct db_rows **ret_rows)
{
    const char **keys = arena_array(work->arena, count + 1, sizeof *keys);
    struct db_args args = { 0 };

    for (size_t i = 0; i < count; i++)
        keys[i] = row_key(work->sheet->form, rows[i]);
    db_arg_id(&args, id);
    db_arg_texts(&args, work->arena, row_numbers(work->arena, rows, count), count);
    db_arg_texts(&args, work->arena, keys, count);
    return db_query(work->db, work->arena, &sql_import_remove_created, &args, ret_rows);
}

const struct db_statement sql_import_undo_rows = {
    "import_undo_rows",
    "UPDATE import_row i SET undo = CASE WHEN r.why IS NULL THEN 'undone' ELSE 'kept' END, kept_code = r.why,"
    "                        former = NULL"
    "  FROM jsonb_to_recordset($2::jsonb) AS r (row bigint, why text)"
    " WHERE i.import_id = $1 AND i.row = r.row",
};

const struct db_statement sql_import_undo_advance = {
    "import_undo_advance",
    "UPDATE import SET undo_done = undo_done + $2, undone = undone + $3, kept = kept + $4, worked_at = $5,"
    "                  state = CASE WHEN $6 THEN 'undone' ELSE state END, version = version + 1"
    " WHERE id = $1",
};

void
import_undo_advance(struct import_work *work, const struct id *id, const struct undo_result *results, size_t count,
                    size_t looked_at, bool last)
{
    struct db_args rows = { 0 };
    struct db_args args = { 0 };
    struct row_set set;
    int64_t kept = 0;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        row_set_begin(&set);
        json_int(&set.json, "row", results[i].row);
        row_set_text(&set, "why", results[i].why);
        row_set_end(&set);
        kept += results[i].why != NULL;
    }
    db_arg_id(&rows, id);
    db_arg_text(&rows, row_set_close(&set, work->arena));
    db_queue(work->db, &sql_import_undo_rows, &rows);
    db_arg_id(&args, id);
    db_arg_i64(&args, (int64_t)looked_at);
    db_arg_i64(&args, (int64_t)count - kept);
    db_arg_i64(&args, kept);
    db_arg_instant(&args, work->now);
    db_arg_bool(&args, last);
    db_queue(work->db, &sql_import_undo_advance, &args);
}
