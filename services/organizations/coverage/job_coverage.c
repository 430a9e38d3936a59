/* SPDX-License-Identifier: Apache-2.0 */
/* Follows the changes of units, organizations, members and posts: each transaction leaves what it touched in a queue,
 * and here it is counted anew. One process at a time, for whoever counted earlier must not write later. On the jobs
 * thread. */
#include "organizations/coverage/standing.h"

#include "base/banned.h"

#define STEP_MOST 1000 /* as the statements say */

/* A statement of its own: what is behind it in the pipeline sees all that was committed before the lock was given. */
const struct db_statement sql_coverage_lock = {
    "coverage_lock",
    "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.coverage', 0))",
};

/* $1: today */
const struct db_statement sql_unit_standing_keep = {
    "unit_standing_keep",
    "WITH picked AS MATERIALIZED (SELECT id, unit_id FROM coverage_unit_change ORDER BY id LIMIT 1000),"
    " taken AS (DELETE FROM coverage_unit_change c USING picked p WHERE c.id = p.id),"
    " present AS MATERIALIZED (SELECT v.* FROM (SELECT DISTINCT unit_id FROM picked) p"
    "    JOIN unit_coverage v ON v.unit_id = p.unit_id),"
    " changed AS (SELECT n.* FROM present n"
    "    LEFT JOIN unit_standing s ON s.unit_id = n.unit_id AND s.until IS NULL"
    "   WHERE s.unit_id IS NULL"
    "      OR (s.region_code, s.kind, s.operating, s.organization_id, s.coverage_form, s.staff, s.members,"
    "          s.full_members, s.instructor, s.mass)"
    "         IS DISTINCT FROM (n.region_code, n.kind, n.operating, n.organization_id, n.coverage_form, n.staff,"
    "          n.members, n.full_members, n.instructor, n.mass)),"
    " closed AS (UPDATE unit_standing s SET until = $1::date FROM changed c"
    "             WHERE s.unit_id = c.unit_id AND s.until IS NULL AND s.since < $1::date),"
    " kept AS (INSERT INTO unit_standing AS s (unit_id, since, region_code, kind, operating, organization_id,"
    "              coverage_form, staff, members, full_members, instructor, mass)"
    "          SELECT unit_id, $1::date, region_code, kind, operating, organization_id, coverage_form, staff,"
    "                 members, full_members, instructor, mass FROM changed"
    "          ON CONFLICT (unit_id, since) DO UPDATE SET until = NULL, region_code = excluded.region_code,"
    "              kind = excluded.kind, operating = excluded.operating, organization_id = excluded.organization_id,"
    "              coverage_form = excluded.coverage_form, staff = excluded.staff, members = excluded.members,"
    "              full_members = excluded.full_members, instructor = excluded.instructor, mass = excluded.mass)"
    " SELECT (SELECT count(*) FROM picked) AS picked",
};

/* The same; an organization that was dissolved has no standing any more. */
const struct db_statement sql_organization_standing_keep = {
    "organization_standing_keep",
    "WITH picked AS MATERIALIZED (SELECT id, organization_id FROM coverage_organization_change ORDER BY id LIMIT 1000),"
    " taken AS (DELETE FROM coverage_organization_change c USING picked p WHERE c.id = p.id),"
    " asked AS MATERIALIZED (SELECT DISTINCT organization_id FROM picked),"
    " present AS MATERIALIZED (SELECT v.* FROM asked a"
    "    JOIN organization_coverage v ON v.organization_id = a.organization_id),"
    " changed AS (SELECT n.* FROM present n"
    "    LEFT JOIN organization_standing s ON s.organization_id = n.organization_id AND s.until IS NULL"
    "   WHERE s.organization_id IS NULL"
    "      OR (s.region_code, s.kind, s.secretary, s.members, s.full_members, s.units)"
    "         IS DISTINCT FROM (n.region_code, n.kind, n.secretary, n.members, n.full_members, n.units)),"
    " ended AS (SELECT organization_id FROM asked EXCEPT SELECT organization_id FROM present),"
    " closed AS (UPDATE organization_standing s SET until = $1::date"
    "             WHERE s.until IS NULL"
    "               AND ((s.since < $1::date AND s.organization_id IN (SELECT organization_id FROM changed))"
    "                    OR s.organization_id IN (SELECT organization_id FROM ended))),"
    " kept AS (INSERT INTO organization_standing AS s (organization_id, since, region_code, kind, secretary, members,"
    "              full_members, units)"
    "          SELECT organization_id, $1::date, region_code, kind, secretary, members, full_members, units FROM "
    "changed"
    "          ON CONFLICT (organization_id, since) DO UPDATE SET until = NULL, region_code = excluded.region_code,"
    "              kind = excluded.kind, secretary = excluded.secretary, members = excluded.members,"
    "              full_members = excluded.full_members, units = excluded.units)"
    " SELECT (SELECT count(*) FROM picked) AS picked",
};

static status_t
keep(struct job_context *job, const struct db_statement *statement, int64_t *ret_picked)
{
    struct db_args today = { 0 };
    struct db_rows *row;
    status_t st;

    db_arg_date(&today, instant_date(job->now));
    st = db_query_row(job->db, job->arena, statement, &today, &row);
    if (st)
        return st;
    *ret_picked = db_i64(row, 0, "picked");
    return db_rows_status(row);
}

status_t
job_coverage(struct job_context *job, bool *ret_more)
{
    int64_t units = 0;
    int64_t organizations = 0;
    status_t st;

    db_begin(job->db);
    db_queue(job->db, &sql_coverage_lock, NULL);
    st = keep(job, &sql_unit_standing_keep, &units);
    if (!st)
        st = keep(job, &sql_organization_standing_keep, &organizations);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st) {
        db_rollback(job->db);
        return st;
    }
    *ret_more = units == STEP_MOST || organizations == STEP_MOST;
    return OK;
}
