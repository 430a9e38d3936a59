/* SPDX-License-Identifier: Apache-2.0 */
/* Imports as the jobs write them. Runs on the jobs thread. */
#include "organizations/ledgers/former.h"
#include "organizations/imports/outcomes.h"
#include "organizations/ledgers/row_set.h"
#include "organizations/imports/store_import.h"
#include "organizations/members/person_seal.h"
#include "base/banned.h"

const struct db_statement sql_import_begin_check = {
    "import_begin_check",
    "UPDATE import SET state = 'validating', read = $2, headings = $3::jsonb, hidden = $4, done = 0, created = 0,"
    "                  updated = 0, unchanged = 0, duplicate = 0, invalid = 0, worked_at = $5, version = version + 1"
    " WHERE id = $1",
};

static const char *
headings_json(struct import_work *work)
{
    const struct sheet *sheet = work->sheet;
    struct row_set set;

    if (!sheet || !sheet->headings)
        return NULL;
    row_set_open(&set);
    for (size_t i = 0; i < sheet->n_headings; i++) {
        row_set_begin(&set);
        row_set_text(&set, "heading", sheet->headings[i].text ? sheet->headings[i].text : "");
        row_set_text(&set, "column", sheet->headings[i].column);
        row_set_end(&set);
    }
    return row_set_close(&set, work->arena);
}

void
import_begin_check(struct import_work *work, const struct id *id)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_i64(&args, (int64_t)work->sheet->count);
    db_arg_text(&args, headings_json(work));
    db_arg_i64(&args, work->sheet->hidden);
    db_arg_instant(&args, work->now);
    db_queue(work->db, &sql_import_begin_check, &args);
}

const struct db_statement sql_import_rows_write = {
    "import_rows_write",
    "INSERT INTO import_row (import_id, row, outcome, problems, entity_id, entity_version, former, person_id)"
    " SELECT $1, r.row, r.outcome, r.problems, r.entity_id, r.entity_version, r.former, r.person_id"
    "   FROM jsonb_to_recordset($2::jsonb) AS r (row bigint, outcome text, problems jsonb, entity_id uuid,"
    "        entity_version bigint, former bytea, person_id uuid)"
    " ON CONFLICT (import_id, row) DO UPDATE SET outcome = excluded.outcome, problems = excluded.problems,"
    "    entity_id = excluded.entity_id, entity_version = excluded.entity_version, former = excluded.former,"
    "    person_id = excluded.person_id",
};

static void
add_problems(struct row_set *set, const struct row_problem *problem)
{
    if (!problem)
        return;
    json_array_begin(&set->json, "problems");
    for (; problem; problem = problem->next) {
        row_set_begin(set);
        row_set_text(set, "column", problem->column);
        row_set_text(set, "code", problem_of(problem->problem)->slug);
        row_set_end(set);
    }
    json_array_end(&set->json);
}

/* What it takes to undo the row. */
static void
add_written(struct import_work *work, struct row_set *set, const struct id *id, const struct sheet_row *row)
{
    if (row->outcome != ROW_CREATED && row->outcome != ROW_UPDATED)
        return;
    json_int(&set->json, "entity_version", row->version + 1);
    row_set_id(set, "person_id", &row->person);
    if (row->outcome == ROW_UPDATED)
        row_set_text(set, "former", bytea_text(work->arena, former_seal(work, id, row)));
}

void
import_rows_write(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count, bool written)
{
    struct db_args args = { 0 };
    struct row_set set;

    row_set_open(&set);
    for (size_t i = 0; i < count; i++) {
        row_set_begin(&set);
        json_int(&set.json, "row", rows[i]->row);
        row_set_text(&set, "outcome", word_code(row_outcomes, (int)rows[i]->outcome));
        add_problems(&set, rows[i]->problems);
        row_set_id(&set, "entity_id", &rows[i]->entity);
        if (written)
            add_written(work, &set, id, rows[i]);
        row_set_end(&set);
    }
    db_arg_id(&args, id);
    db_arg_text(&args, row_set_close(&set, work->arena));
    db_queue(work->db, &sql_import_rows_write, &args);
}

static void
add_counts(struct db_args *args, const struct import_counts *counts)
{
    for (int outcome = ROW_CREATED; outcome <= ROW_INVALID; outcome++)
        db_arg_i64(args, counts->of[outcome]);
}

const struct db_statement sql_import_failed = {
    "import_failed",
    "UPDATE import SET state = 'failed', problem = $3, problem_detail = $4, headings = $5::jsonb, worked_at = $2,"
    "                  version = version + 1"
    " WHERE id = $1",
};

void
import_failed(struct import_work *work, const struct id *id, status_t why)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, work->now);
    db_arg_text(&args, why->problem->slug);
    db_arg_text(&args, why->detail);
    db_arg_text(&args, headings_json(work));
    db_queue(work->db, &sql_import_failed, &args);
}

const struct db_statement sql_import_advance = {
    "import_advance",
    "UPDATE import SET state = coalesce($4, state), done = done + $3, created = created + $5,"
    "                  updated = updated + $6, unchanged = unchanged + $7, duplicate = duplicate + $8,"
    "                  invalid = invalid + $9, worked_at = $2, version = version + 1,"
    "                  written_at = CASE WHEN state = 'committing' THEN $2::timestamptz END"
    " WHERE id = $1",
};

void
import_advance(struct import_work *work, const struct id *id, const struct import_counts *counts, const char *end)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, work->now);
    db_arg_i64(&args, counts->read);
    db_arg_text(&args, end);
    add_counts(&args, counts);
    db_queue(work->db, &sql_import_advance, &args);
}

/* Another process may have told the same rows meanwhile; dues took them once, and only one of us moves on. */
const struct db_statement sql_import_bases_advance = {
    "import_bases_advance",
    "UPDATE import SET bases_done = $3, bases_tries = 0, worked_at = $5, version = version + 1,"
    "                  state = CASE WHEN $4 AND state = 'committing' THEN 'succeeded' ELSE state END"
    " WHERE id = $1 AND bases_done = $2",
};

void
import_bases_advance(struct db *db, const struct import_claim *claim, int64_t done, bool last, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_i64(&args, claim->bases_done);
    db_arg_i64(&args, done);
    db_arg_bool(&args, last);
    db_arg_instant(&args, now);
    db_queue(db, &sql_import_bases_advance, &args);
}

const struct db_statement sql_import_bases_again = {
    "import_bases_again",
    "UPDATE import SET bases_tries = bases_tries + 1, worked_at = greatest(worked_at, $2) WHERE id = $1",
};

void
import_bases_again(struct db *db, const struct id *id, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, now);
    db_queue(db, &sql_import_bases_again, &args);
}

const struct db_statement sql_import_bases_refused = {
    "import_bases_refused",
    "UPDATE import_row"
    "   SET problems = coalesce(problems, '[]') || jsonb_build_array(jsonb_build_object('column', $3::text, 'code',"
    "                                                                                   $4::text))"
    " WHERE import_id = $1 AND row = ANY ($2::text[]::bigint[])",
};

void
import_bases_refused(struct db *db, struct arena *arena, const struct id *id, const char *const *rows, size_t count,
                     const char *column)
{
    struct db_args args = { 0 };

    if (count == 0)
        return;
    db_arg_id(&args, id);
    db_arg_texts(&args, arena, rows, count);
    db_arg_text(&args, column);
    db_arg_text(&args, problem_of(PROBLEM_BASE_REFUSED)->slug);
    db_queue(db, &sql_import_bases_refused, &args);
}

const struct db_statement sql_import_entities = {
    "import_entities",
    "SELECT row, entity_id FROM import_row"
    " WHERE import_id = $1 AND row BETWEEN $2 AND $3 AND outcome IN ('created', 'updated', 'unchanged')"
    " ORDER BY row",
};

status_t
import_entities(struct db *db, struct arena *arena, const struct id *id, int64_t first, int64_t last,
                struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_i64(&args, first);
    db_arg_i64(&args, last);
    return db_query(db, arena, &sql_import_entities, &args, ret_rows);
}

const struct db_statement sql_import_sweep = {
    "import_sweep",
    "WITH ended AS (UPDATE import SET state = 'failed', problem = $2, version = version + 1"
    "                WHERE state = 'validated' AND worked_at < $1 RETURNING id)"
    " SELECT count(*) AS swept FROM ended",
};

/* A few at a time, so that no step holds many rows. */
const struct db_statement sql_import_forget = {
    "import_forget",
    "WITH old AS (SELECT r.import_id, r.row FROM import i JOIN import_row r ON r.import_id = i.id"
    "              WHERE i.written_at < $1 AND i.state IN ('succeeded', 'cancelled', 'undone')"
    "                AND r.former IS NOT NULL LIMIT 5000),"
    " forgotten AS (UPDATE import_row r SET former = NULL FROM old WHERE r.import_id = old.import_id"
    "                  AND r.row = old.row)"
    " SELECT count(*) AS swept FROM old",
};

status_t
import_sweep(struct db *db, struct arena *arena, instant_t before, instant_t forget, int64_t *ret_swept)
{
    struct db_args ended = { 0 };
    struct db_args old = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_instant(&ended, before);
    db_arg_text(&ended, problem_of(PROBLEM_IMPORT_OVER)->slug);
    st = db_query_row(db, arena, &sql_import_sweep, &ended, &row);
    if (st)
        return st;
    *ret_swept = db_i64(row, 0, "swept");
    db_arg_instant(&old, forget);
    st = db_query_row(db, arena, &sql_import_forget, &old, &row);
    if (st)
        return st;
    *ret_swept += db_i64(row, 0, "swept");
    return db_rows_status(row);
}
