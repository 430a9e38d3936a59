/* SPDX-License-Identifier: Apache-2.0 */
/* What moved in a month, from history: members in and out of an organization's line, its letters under way, and how
 * many days each step took. The caller's thread. */
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

/* $1: acting organization, $2: the organization asked about, $3: first moment, $4: first moment after. */
#define LINE                                                                                                           \
    "WITH line AS MATERIALIZED (SELECT descendant AS id FROM organization_line WHERE ancestor = $2"                    \
    "  AND EXISTS (SELECT FROM organization_line s WHERE s.ancestor = $1 AND s.descendant = $2))"

#define UNDER_WAY_AT(moment)                                                                                           \
    "(SELECT count(*) FROM sent l WHERE l.created_at < " moment "::timestamptz AND NOT EXISTS ("                       \
    "  SELECT FROM letter_history h WHERE h.letter_id = l.id AND h.at >= l.created_at AND h.at < " moment              \
    "::timestamptz"                                                                                                    \
    "   AND h.state IN ('closed', 'cancelled', 'withdrawn', 'refused_out', 'voided')))"

/* Words on a letter that has ended: they begin another one and end nothing. */
#define AFTERWARDS "('appeal', 'undo')"

const struct db_statement sql_statistics_flow = {
    "statistics_flow",
    LINE ", moved AS ("
         "  SELECT l.from_branch_id IN (SELECT id FROM line) AS leaves,"
         "         coalesce(l.to_branch_id IN (SELECT id FROM line), false) AS comes"
         "    FROM letter_history h JOIN letter l ON l.id = h.letter_id"
         "   WHERE (h.event IN ('assign', 'record_receipt') OR (h.event = 'approve' AND h.state = 'closed'))"
         "     AND h.at >= $3::timestamptz AND h.at < $4::timestamptz"
         "  UNION ALL"
         "  SELECT m.from_branch_id IN (SELECT id FROM line), m.to_branch_id IN (SELECT id FROM line) FROM inner_move m"
         "   WHERE m.state = 'moved' AND m.decided_at >= $3::timestamptz AND m.decided_at < $4::timestamptz),"
         " sent AS MATERIALIZED (SELECT id, created_at FROM letter WHERE from_branch_id IN (SELECT id FROM line)"
         "  AND created_at < $4::timestamptz)"
         " SELECT (SELECT count(*) FROM line) AS organizations,"
         "        (SELECT count(*) FROM moved WHERE comes AND NOT leaves) AS came,"
         "        (SELECT count(*) FROM moved WHERE leaves AND NOT comes) AS went,"
         "        (SELECT count(*) FROM sent WHERE created_at >= $3::timestamptz) AS begun,"
         "        (SELECT count(*) FROM letter_history h WHERE h.at >= $3::timestamptz AND h.at < $4::timestamptz"
         "          AND h.state IN ('closed', 'cancelled', 'withdrawn', 'refused_out', 'voided')"
         "          AND (h.event NOT IN " AFTERWARDS " OR h.version = 1)"
         "          AND h.letter_id IN (SELECT id FROM sent)) AS ended,"
         "        " UNDER_WAY_AT("$3") " AS under_way_start, " UNDER_WAY_AT("$4") " AS under_way_end",
};

/* Reminders do not begin a step anew. */
const struct db_statement sql_statistics_steps = {
    "statistics_steps",
    LINE " SELECT event, count(*) AS n, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY hours))::bigint AS median,"
         "        round(percentile_cont(0.9) WITHIN GROUP (ORDER BY hours))::bigint AS ninth"
         "   FROM (SELECT h.event, (extract(epoch FROM h.at - (SELECT max(p.at) FROM letter_history p"
         "           WHERE p.letter_id = h.letter_id AND p.at >= l.created_at AND p.version < h.version"
         "             AND p.event NOT IN ('remind', 'escalate'))) / 3600)::float8 AS hours"
         "           FROM letter_history h JOIN letter l ON l.id = h.letter_id"
         "          WHERE h.at >= $3::timestamptz AND h.at < $4::timestamptz AND h.version > 1"
         "            AND h.role <> 'system' AND h.event NOT IN " AFTERWARDS
         "            AND (l.from_branch_id IN (SELECT id FROM line) OR l.to_committee_id IN (SELECT id FROM line)))"
         "        steps GROUP BY event ORDER BY event",
};

static status_t
read_flow(struct call *call, const struct db_args *args, Statistics *out)
{
    struct db_rows *row;
    status_t st = db_query_row(call->db, call->arena, &sql_statistics_flow, args, &row);

    if (st)
        return st;
    if (db_i64(row, 0, "organizations") == 0)
        return status_plain(PROBLEM_NOT_FOUND);
    out->members_in = (uint32_t)db_i64(row, 0, "came");
    out->members_out = (uint32_t)db_i64(row, 0, "went");
    out->net = (int32_t)out->members_in - (int32_t)out->members_out;
    out->letters_start = (uint32_t)db_i64(row, 0, "under_way_start");
    out->letters_begun = (uint32_t)db_i64(row, 0, "begun");
    out->letters_ended = (uint32_t)db_i64(row, 0, "ended");
    out->letters_end = (uint32_t)db_i64(row, 0, "under_way_end");
    return db_rows_status(row);
}

status_t
statistics_read(struct call *call, const struct id *organization, instant_t from, instant_t until, Statistics *out)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_id(&args, call_scope(call));
    db_arg_id(&args, organization);
    db_arg_instant(&args, from);
    db_arg_instant(&args, until);
    st = read_flow(call, &args, out);
    if (!st)
        st = db_query(call->db, call->arena, &sql_statistics_steps, &args, &rows);
    if (st)
        return st;
    out->n_steps = (size_t)db_count(rows);
    out->steps = arena_array(call->arena, out->n_steps, sizeof *out->steps);
    for (int i = 0; i < db_count(rows); i++) {
        out->steps[i] = step_statistics_new(call->arena);
        out->steps[i]->event = arena_text(call->arena, db_text(rows, i, "event"));
        out->steps[i]->count = (uint32_t)db_i64(rows, i, "n");
        out->steps[i]->median_hours = (uint32_t)db_i64(rows, i, "median");
        out->steps[i]->ninth_decile_hours = (uint32_t)db_i64(rows, i, "ninth");
    }
    return db_rows_status(rows);
}
