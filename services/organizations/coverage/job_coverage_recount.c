/* SPDX-License-Identifier: Apache-2.0 */
/* Recounts all units and organizations, slice after slice; coverage_recount says how far the day's count is, so that
 * another process goes on where one stopped. On the jobs thread. */
#include "organizations/coverage/recount.h"

#include <string.h>

#include "io/metrics.h"
#include "base/banned.h"

#define SLICE        5000 /* as the statements say */
#define NIGHT_BEGINS (3LL * 3600 * 1000000)

static struct metric differences = {
    .name = "liangxin_coverage_differences_total",
    .kind = METRIC_COUNTER,
    .prose = "Units and organizations that the coverage figures had counted wrongly, found by the nightly recount and "
             "counted anew. Anything but 0 is a defect: the rows are in coverage_difference_history.",
};

void
coverage_recount_metrics(void)
{
    metrics_register(&differences);
}

int64_t
coverage_recount_found(void)
{
    return metric_value(&differences, NULL);
}

const struct db_statement sql_recount_begin = {
    "recount_begin",
    "INSERT INTO coverage_recount (day, phase, read, differing) VALUES ($1, 'units', 0, 0) ON CONFLICT DO NOTHING",
};

const struct db_statement sql_recount_claim = {
    "recount_claim",
    "SELECT phase, after FROM coverage_recount WHERE day = $1 AND phase <> 'done' FOR UPDATE SKIP LOCKED",
};

#define OUTCOME                                                                                                        \
    " SELECT (SELECT count(*) FROM slice) AS read, (SELECT max(id::text) FROM slice) AS last,"                         \
    "        (SELECT count(*) FROM differing) AS differing"

/* $1: the day, $2: after */
const struct db_statement sql_recount_units = {
    "recount_units",
    "WITH slice AS MATERIALIZED (SELECT id FROM unit WHERE $2::uuid IS NULL OR id > $2::uuid ORDER BY id LIMIT 5000),"
    " differing AS MATERIALIZED (SELECT c.unit_id, to_jsonb(s) AS kept, to_jsonb(c) AS counted"
    "    FROM slice JOIN unit_coverage c ON c.unit_id = slice.id"
    "    LEFT JOIN unit_standing s ON s.unit_id = c.unit_id AND s.until IS NULL"
    "   WHERE NOT EXISTS (SELECT FROM coverage_unit_change q WHERE q.unit_id = c.unit_id)"
    "     AND (s.unit_id IS NULL"
    "          OR (s.region_code, s.kind, s.operating, s.organization_id, s.coverage_form, s.staff, s.members,"
    "              s.full_members, s.instructor, s.mass)"
    "             IS DISTINCT FROM (c.region_code, c.kind, c.operating, c.organization_id, c.coverage_form, c.staff,"
    "              c.members, c.full_members, c.instructor, c.mass))),"
    " noted AS (INSERT INTO coverage_difference_history (day, unit_id, kept, counted)"
    "           SELECT $1::date, unit_id, kept, counted FROM differing),"
    " queued AS (INSERT INTO coverage_unit_change (unit_id) SELECT unit_id FROM differing)" OUTCOME,
};

const struct db_statement sql_recount_organizations = {
    "recount_organizations",
    "WITH slice AS MATERIALIZED (SELECT id FROM organization WHERE $2::uuid IS NULL OR id > $2::uuid"
    "                             ORDER BY id LIMIT 5000),"
    " differing AS MATERIALIZED (SELECT slice.id, to_jsonb(s) AS kept, to_jsonb(c) AS counted"
    "    FROM slice LEFT JOIN organization_coverage c ON c.organization_id = slice.id"
    "    LEFT JOIN organization_standing s ON s.organization_id = slice.id AND s.until IS NULL"
    "   WHERE NOT EXISTS (SELECT FROM coverage_organization_change q WHERE q.organization_id = slice.id)"
    "     AND (s.organization_id, s.region_code, s.kind, s.secretary, s.members, s.full_members, s.units)"
    "         IS DISTINCT FROM"
    "         (c.organization_id, c.region_code, c.kind, c.secretary, c.members, c.full_members, c.units)),"
    " noted AS (INSERT INTO coverage_difference_history (day, organization_id, kept, counted)"
    "           SELECT $1::date, id, kept, counted FROM differing),"
    " queued AS (INSERT INTO coverage_organization_change (organization_id) SELECT id FROM differing)" OUTCOME,
};

/* $2: the phase that comes next; $3: after */
const struct db_statement sql_recount_advance = {
    "recount_advance",
    "UPDATE coverage_recount SET phase = $2, after = $3, read = read + $4, differing = differing + $5 WHERE day = $1",
};

/* One slice of the claimed day's count. */
static status_t
count_slice(struct job_context *job, date_t day, struct db_rows *claim, int64_t *ret_differing)
{
    bool units = strcmp(db_text(claim, 0, "phase"), "units") == 0;
    struct db_args args = { 0 };
    struct db_args advance = { 0 };
    struct db_rows *row;
    status_t st;
    bool whole;

    db_arg_date(&args, day);
    db_arg_text(&args, db_text(claim, 0, "after"));
    st = db_query_row(job->db, job->arena, units ? &sql_recount_units : &sql_recount_organizations, &args, &row);
    if (st)
        return st;
    whole = db_i64(row, 0, "read") == SLICE;
    *ret_differing = db_i64(row, 0, "differing");
    db_arg_date(&advance, day);
    db_arg_text(&advance, whole ? db_text(claim, 0, "phase") : units ? "organizations" : "done");
    db_arg_text(&advance, whole ? db_text(row, 0, "last") : NULL);
    db_arg_i64(&advance, db_i64(row, 0, "read"));
    db_arg_i64(&advance, *ret_differing);
    db_queue(job->db, &sql_recount_advance, &advance);
    return db_rows_status(row);
}

status_t
job_coverage_recount(struct job_context *job, bool *ret_more)
{
    date_t day = instant_date(job->now - NIGHT_BEGINS);
    struct db_args args = { 0 };
    int64_t differing = 0;
    struct db_rows *claim;
    status_t st;

    db_arg_date(&args, day);
    db_begin(job->db);
    db_queue(job->db, &sql_recount_begin, &args);
    st = db_query(job->db, job->arena, &sql_recount_claim, &args, &claim);
    if (!st && db_count(claim) > 0)
        st = count_slice(job, day, claim, &differing);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st) {
        db_rollback(job->db);
        return st;
    }
    metric_add(&differences, NULL, differing);
    *ret_more = db_count(claim) > 0;
    return OK;
}
