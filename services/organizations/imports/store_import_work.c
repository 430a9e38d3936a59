/* SPDX-License-Identifier: Apache-2.0 */
/* Imports as the jobs see them. Runs on the jobs thread. */
#include "organizations/imports/file_seal.h"
#include "organizations/imports/outcomes.h"
#include "organizations/imports/row_set.h"
#include "organizations/imports/store_import.h"
#include "base/banned.h"

#define CLAIM_COLUMNS                                                                                                  \
    "id, ledger, state = 'committing' AS committing, account_id, role, organization_id, request_id, done, bases_done," \
    " base_month"

const struct db_statement sql_import_claim_rows = {
    "import_claim_rows",
    "SELECT " CLAIM_COLUMNS "  FROM import"
    " WHERE state IN ('queued', 'committing') AND (state = 'queued' OR done < read)"
    " ORDER BY worked_at LIMIT 1"
    "   FOR UPDATE SKIP LOCKED",
};

const struct db_statement sql_import_next_bases = {
    "import_next_bases",
    "SELECT " CLAIM_COLUMNS "  FROM import"
    " WHERE state = 'committing' AND done = read"
    " ORDER BY worked_at LIMIT 1",
};

static status_t
read_claim(struct db_rows *row, struct import_claim *claim)
{
    *claim = (struct import_claim){ .id = db_id(row, 0, "id"),
                                    .ledger = db_text(row, 0, "ledger"),
                                    .committing = db_bool(row, 0, "committing"),
                                    .actor = { .account = db_id(row, 0, "account_id"),
                                               .role = db_text(row, 0, "role"),
                                               .organization = db_id(row, 0, "organization_id") },
                                    .request = db_id(row, 0, "request_id"),
                                    .done = db_i64(row, 0, "done"),
                                    .bases_done = db_i64(row, 0, "bases_done"),
                                    .base_month = db_text(row, 0, "base_month") };
    return db_rows_status(row);
}

status_t
import_claim_rows(struct db *db, struct arena *arena, struct import_claim *ret_claim)
{
    struct db_rows *row;
    status_t st = db_query_row(db, arena, &sql_import_claim_rows, NULL, &row);

    return st ? st : read_claim(row, ret_claim);
}

status_t
import_next_bases(struct db *db, struct arena *arena, struct import_claim *ret_claim)
{
    struct db_rows *row;
    status_t st = db_query_row(db, arena, &sql_import_next_bases, NULL, &row);

    return st ? st : read_claim(row, ret_claim);
}

const struct db_statement sql_import_file = {
    "import_file",
    "SELECT no, bytes FROM import_chunk WHERE import_id = $1 ORDER BY no",
};

static status_t
join_chunks(struct job_context *job, const struct id *id, struct db_rows *rows, struct slice *ret_bytes)
{
    char *bytes = arena_alloc(job->arena, (size_t)db_count(rows) * IMPORT_CHUNK + 1);
    size_t size = 0;

    for (int i = 0; i < db_count(rows); i++) {
        struct slice chunk;
        status_t st = file_open(job->arena, job->state, id, db_i64(rows, i, "no"), db_bytes(rows, i, "bytes"), &chunk);

        if (st)
            return st;
        memcpy(bytes + size, chunk.data, chunk.size);
        size += chunk.size;
    }
    *ret_bytes = slice_make(bytes, size);
    return db_rows_status(rows);
}

status_t
import_file(struct job_context *job, const struct id *id, struct slice *ret_bytes)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, id);
    st = db_query(job->db, job->arena, &sql_import_file, &args, &rows);
    return st ? st : join_chunks(job, id, rows, ret_bytes);
}

const struct db_statement sql_import_rows_write = {
    "import_rows_write",
    "INSERT INTO import_row (import_id, row, outcome, problems, entity_id)"
    " SELECT $1, r.row, r.outcome, r.problems, r.entity_id"
    "   FROM jsonb_to_recordset($2::jsonb) AS r (row bigint, outcome text, problems jsonb, entity_id uuid)"
    " ON CONFLICT (import_id, row) DO UPDATE SET outcome = excluded.outcome, problems = excluded.problems,"
    "    entity_id = excluded.entity_id",
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

void
import_rows_write(struct import_work *work, const struct id *id, struct sheet_row **rows, size_t count)
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

const struct db_statement sql_import_validated = {
    "import_validated",
    "UPDATE import SET state = 'validated', read = $3, done = $3, created = $4, updated = $5, unchanged = $6,"
    "                  duplicate = $7, invalid = $8, worked_at = $2, version = version + 1"
    " WHERE id = $1",
};

void
import_validated(struct import_work *work, const struct id *id, const struct import_counts *counts)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, work->now);
    db_arg_i64(&args, counts->read);
    add_counts(&args, counts);
    db_queue(work->db, &sql_import_validated, &args);
}

const struct db_statement sql_import_failed = {
    "import_failed",
    "UPDATE import SET state = 'failed', problem = $3, problem_detail = $4, worked_at = $2, version = version + 1"
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
    db_queue(work->db, &sql_import_failed, &args);
}

const struct db_statement sql_import_advance = {
    "import_advance",
    "UPDATE import SET state = CASE WHEN $4 THEN 'succeeded' ELSE state END, done = done + $3, created = created + $5,"
    "                  updated = updated + $6, unchanged = unchanged + $7, duplicate = duplicate + $8,"
    "                  invalid = invalid + $9, worked_at = $2, version = version + 1"
    " WHERE id = $1",
};

void
import_advance(struct import_work *work, const struct import_claim *claim, const struct import_counts *counts,
               bool last)
{
    struct db_args args = { 0 };

    db_arg_id(&args, &claim->id);
    db_arg_instant(&args, work->now);
    db_arg_i64(&args, counts->read);
    db_arg_bool(&args, last);
    add_counts(&args, counts);
    db_queue(work->db, &sql_import_advance, &args);
}

/* Another process may have told the same rows meanwhile; dues took them once, and only one of us moves on. */
const struct db_statement sql_import_bases_advance = {
    "import_bases_advance",
    "UPDATE import SET bases_done = $3, state = CASE WHEN $4 THEN 'succeeded' ELSE state END, worked_at = $5,"
    "                  version = version + 1"
    " WHERE id = $1 AND bases_done = $2 AND state = 'committing'",
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

const struct db_statement sql_import_postpone = {
    "import_postpone",
    "UPDATE import SET worked_at = $2 WHERE id = $1 AND worked_at < $2",
};

void
import_postpone(struct db *db, const struct id *id, instant_t now)
{
    struct db_args args = { 0 };

    db_arg_id(&args, id);
    db_arg_instant(&args, now);
    db_queue(db, &sql_import_postpone, &args);
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

/* A few at a time, so that no step holds many rows. */
const struct db_statement sql_import_sweep = {
    "import_sweep",
    "WITH old AS (SELECT i.id FROM import i"
    "              WHERE i.worked_at < $1 AND i.state IN ('validated', 'succeeded', 'failed')"
    "                AND EXISTS (SELECT FROM import_chunk c WHERE c.import_id = i.id)"
    "              ORDER BY i.worked_at LIMIT 20 FOR UPDATE SKIP LOCKED),"
    " files AS (DELETE FROM import_chunk c USING old WHERE c.import_id = old.id),"
    " ended AS (UPDATE import i SET state = 'failed', problem = $2, version = version + 1"
    "             FROM old WHERE i.id = old.id AND i.state = 'validated')"
    " SELECT count(*) AS swept FROM old",
};

status_t
import_sweep(struct db *db, struct arena *arena, instant_t before, int64_t *ret_swept)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_instant(&args, before);
    db_arg_text(&args, problem_of(PROBLEM_IMPORT_OVER)->slug);
    st = db_query_row(db, arena, &sql_import_sweep, &args, &row);
    if (st)
        return st;
    *ret_swept = db_i64(row, 0, "swept");
    return db_rows_status(row);
}
