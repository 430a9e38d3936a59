/* SPDX-License-Identifier: Apache-2.0 */
/* Terms that are over (届满) are told to the superior: each term once, all that are new in one summary. While a ledger
 * of organizations is being written nothing is told, so that a first load gives one summary and not one for each chunk.
 * On the jobs thread. */
#include "organizations/organizations/job_terms.h"

#include "io/clock.h"
#include "organizations/emit.h"
#include "base/banned.h"

#define SUPERIORS 200 /* of one step */

/* $1: today, $2: now, $3: ids for new summaries */
const struct db_statement sql_terms_note = {
    "terms_note",
    "WITH over AS ("
    "    SELECT o.id, o.term_ends_on, r.superior_id FROM organization o"
    "      JOIN relation r ON r.organization_id = o.id AND r.kind = 'line' AND r.until IS NULL"
    "     WHERE o.term_ends_on < $1::date AND o.kind <> 'working_committee' AND o.dissolved_on IS NULL"
    "       AND NOT EXISTS (SELECT FROM term_notice_history n"
    "                        WHERE n.organization_id = o.id AND n.term_ends_on = o.term_ends_on)"
    "       AND NOT EXISTS (SELECT FROM import WHERE ledger = 'organizations' AND state = 'committing')),"
    " superior AS (SELECT superior_id, row_number() OVER (ORDER BY superior_id) AS place"
    "                FROM (SELECT DISTINCT superior_id FROM over) d ORDER BY superior_id LIMIT 200),"
    " noted AS (INSERT INTO term_notice_history (organization_id, term_ends_on, superior_id, at)"
    "           SELECT o.id, o.term_ends_on, o.superior_id, $2::timestamptz FROM over o JOIN superior USING "
    "(superior_id)"
    "           ON CONFLICT DO NOTHING RETURNING superior_id),"
    " told AS (SELECT superior_id, count(*) AS count FROM noted GROUP BY superior_id),"
    " kept AS (INSERT INTO term_summary AS s (id, organization_id, version)"
    "          SELECT f.id, superior_id, 1 FROM told JOIN superior USING (superior_id)"
    "            JOIN unnest($3::uuid[]) WITH ORDINALITY AS f (id, place) USING (place)"
    "           ORDER BY superior_id"
    "          ON CONFLICT (organization_id) DO UPDATE SET version = s.version + 1"
    "          RETURNING s.id, s.organization_id, s.version)"
    " SELECT k.id, k.organization_id, k.version, t.count FROM kept k JOIN told t ON t.superior_id = k.organization_id",
};

static status_t
note_terms(struct job_context *job, struct db_rows **ret_rows)
{
    struct id fresh[SUPERIORS];
    struct db_args args = { 0 };

    for (size_t i = 0; i < SUPERIORS; i++)
        fresh[i] = clock_id();
    db_arg_date(&args, instant_date(job->now));
    db_arg_instant(&args, job->now);
    db_arg_ids(&args, job->arena, fresh, SUPERIORS);
    return db_query(job->db, job->arena, &sql_terms_note, &args, ret_rows);
}

static void
tell(struct job_context *job, struct db_rows *rows, int row)
{
    struct id id = db_id(rows, row, "id");
    struct id organization = db_id(rows, row, "organization_id");
    struct terms_news news = { .id = &id,
                               .organization = &organization,
                               .count = (uint32_t)db_i64(rows, row, "count"),
                               .version = db_i64(rows, row, "version") };

    emit_terms_over(job->db, job->arena, &news, job->now);
}

status_t
job_terms(struct job_context *job, bool *ret_more)
{
    struct db_rows *rows;
    status_t st;

    db_begin(job->db);
    st = note_terms(job, &rows);
    for (int i = 0; !st && i < db_count(rows); i++)
        tell(job, rows, i);
    if (!st)
        st = db_rows_status(rows);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st) {
        db_rollback(job->db);
        return st;
    }
    *ret_more = db_count(rows) == SUPERIORS;
    if (db_count(rows) > 0)
        job->committed(job->committed_context);
    return OK;
}
