/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of organizations, put together by one statement. What may be a thousand things for one reader is one item
 * with their number. On the worker's thread. */
#include "organizations/work/store_work.h"

#include "organizations/instructors/instructor_work.h"
#include "organizations/instructor_reports/report.h"
#include "organizations/posts/store_review.h"
#include "organizations/state.h"
#include "base/banned.h"

/* Which permission makes a kind somebody's work. */
static const struct {
    const char *kind;
    const char *permission;
} kinds[] = {
    { "import", "import.run" },          { "post", "account.manage" },
    { "post_review", "account.manage" }, { "terms", "term.manage" },
    { "visit", "visit.write" },          { "problem", "problem.answer" },
    { "unrouted", "instructor.manage" }, { "instructor_report", "visit.write" },
};

#define KINDS (sizeof kinds / sizeof *kinds)

/* $1: acting organization, $2: account, $3: kinds, $4: box, $5: today, $6: the last day of due_soon, $7: role,
 * $8: reviews are overdue that were signed on this day or before, $9: posts that end by this day wait */

/* A failed import waits until the same file's ledger is sent again; its file goes 30 days after the last step. */
#define IMPORTS                                                                                                        \
    " SELECT 'import', i.id, i.ledger, i.file_name, i.state,"                                                          \
    "        CASE i.state WHEN 'validated' THEN 'commit' WHEN 'failed' THEN 'create' ELSE '' END, i.worked_at,"        \
    "        CASE WHEN i.state IN ('validated', 'failed')"                                                             \
    "             THEN (i.worked_at AT TIME ZONE 'Asia/Shanghai')::date + 30 END, 0,"                                  \
    "        CASE WHEN i.state IN ('queued', 'validating', 'committing', 'undoing') THEN 'under_way'"                  \
    "             WHEN i.state = 'validated' THEN 'waiting'"                                                           \
    "             WHEN i.state = 'failed' AND (i.worked_at AT TIME ZONE 'Asia/Shanghai')::date + 30 >= $5"             \
    "                  AND NOT EXISTS (SELECT FROM import n WHERE n.account_id = $2 AND n.id > i.id"                   \
    "                                     AND n.organization_id = $1 AND n.ledger = i.ledger) THEN 'waiting'"          \
    "             ELSE 'done' END"                                                                                     \
    "   FROM import i WHERE 'import' = ANY ($3) AND i.account_id = $2 AND i.organization_id = $1"

/* Somebody else's post whose nearest manager is here. */
#define POSTS                                                                                                          \
    " SELECT 'post', p.id, p.role, o.name, 'ending', 'renew', (p.until - 30)::timestamp AT TIME ZONE 'Asia/Shanghai'," \
    "        p.until - 1, 0, 'waiting'"                                                                                \
    "   FROM account_post p JOIN organization o ON o.id = p.organization_id"                                           \
    "   JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $1"                              \
    "   JOIN role r ON r.name = p.role AND r.rank >= (SELECT rank FROM role WHERE name = $7)"                          \
    "  WHERE 'post' = ANY ($3) AND p.until > $5 AND p.until <= $9 AND p.account_id <> $2"                              \
    "    AND NOT EXISTS (SELECT FROM organization_line n"                                                              \
    "                      JOIN account_post q ON q.organization_id = n.ancestor"                                      \
    "                      JOIN role_permission m ON m.role = q.role AND m.permission = 'account.manage'"              \
    "                     WHERE n.descendant = p.organization_id AND n.depth < l.depth"                                \
    "                       AND q.account_id <> p.account_id AND q.since <= $5"                                        \
    "                       AND (q.until IS NULL OR q.until > $5))"

#define REVIEWS                                                                                                        \
    " SELECT 'post_review', $1::uuid, '', '', 'overdue', 'sign',"                                                      \
    "        (min(f.due) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', min(f.due), count(*), 'waiting'"                \
    "   FROM (SELECT d.signed + ($5::date - $8::date) AS due FROM account_post p"                                      \
    "           JOIN role r ON r.name = p.role AND r.rank >= (SELECT rank FROM role WHERE name = $7)"                  \
    "           JOIN organization_line l ON l.descendant = p.organization_id AND l.ancestor = $1"                      \
    "          CROSS JOIN LATERAL (SELECT coalesce((max(h.at) AT TIME ZONE 'Asia/Shanghai')::date, p.since) AS signed" \
    "                                FROM post_review_history h WHERE h.post_id = p.id) d"                             \
    "          WHERE 'post_review' = ANY ($3) AND p.account_id <> $2 AND p.since <= $5"                                \
    "            AND (p.until IS NULL OR p.until > $5) AND d.signed <= $8"                                             \
    "          LIMIT 1000) f HAVING count(*) > 0"

#define TERMS                                                                                                          \
    " SELECT 'terms', $1::uuid, '', '', 'over', 'renew',"                                                              \
    "        (min(f.term_ends_on) + 1)::timestamp AT TIME ZONE 'Asia/Shanghai', min(f.term_ends_on), count(*),"        \
    "        'waiting'"                                                                                                \
    "   FROM (SELECT o.term_ends_on FROM organization o"                                                               \
    "           JOIN organization_line l ON l.descendant = o.id AND l.ancestor = $1"                                   \
    "          WHERE 'terms' = ANY ($3) AND o.term_ends_on < $5 AND o.kind <> 'working_committee'"                     \
    "            AND o.dissolved_on IS NULL"                                                                           \
    "          LIMIT 1000) f HAVING count(*) > 0"

#define ITEMS                                                                                                          \
    "WITH item (kind, id, number, subject, state, next_event, since, due_on, count, box) AS"                           \
    " (" IMPORTS " UNION ALL" POSTS " UNION ALL" REVIEWS " UNION ALL" TERMS " UNION ALL" WORK_VISITS                   \
    " UNION ALL" WORK_PROBLEMS " UNION ALL" WORK_UNROUTED " UNION ALL" WORK_REPORTS "),"                               \
    " mine AS (SELECT *, kind || ' ' || id AS key FROM item"                                                           \
    "           WHERE CASE $4 WHEN 'due_soon' THEN box = 'waiting' AND due_on <= $6 ELSE box = $4 END)"

const struct db_statement sql_open_work_list = {
    "open_work_list",
    ITEMS " SELECT * FROM mine WHERE $13::text IS NULL OR key COLLATE \"C\" > $13::text"
          " ORDER BY key COLLATE \"C\" LIMIT $14",
};

const struct db_statement sql_open_work_count = {
    "open_work_count",
    ITEMS " SELECT count(*) AS n FROM (SELECT FROM mine LIMIT $13) few",
};

static const char *
box_code(WorkBox box)
{
    switch (box) {
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_UNDER_WAY:
        return "under_way";
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DUE_SOON:
        return "due_soon";
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE:
        return "done";
    default:
        return "waiting";
    }
}

static void
add_args(struct call *call, struct db_args *args, WorkBox box, uint32_t days)
{
    const struct organizations_state *state = call->state;
    struct half_year half = half_year_over(call->today);
    const char *may[KINDS];
    size_t n = 0;

    for (size_t i = 0; i < KINDS; i++)
        if (actor_may(call->actor, kinds[i].permission))
            may[n++] = kinds[i].kind;
    db_arg_id(args, call_scope(call));
    db_arg_id(args, &call->actor->account);
    db_arg_texts(args, call->arena, may, n);
    db_arg_text(args, box_code(box));
    db_arg_date(args, call->today);
    db_arg_date(args, call->today + (date_t)days);
    db_arg_text(args, call->actor->role);
    db_arg_date(args, call->today - REVIEW_DAYS);
    db_arg_date(args, call->today + POST_ENDS_DAYS);
    db_arg_date(args, half_year_first(half));
    db_arg_date(args, half_year_last(half));
    db_arg_date(args, half_year_last(half) + (date_t)state->settings->report_days);
}

status_t
open_work_list(struct call *call, WorkBox box, uint32_t days, const char *after, int64_t limit,
               struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    add_args(call, &args, box, days);
    db_arg_text(&args, after);
    db_arg_i64(&args, limit);
    return db_query(call->db, call->arena, &sql_open_work_list, &args, ret_rows);
}

status_t
open_work_count(struct call *call, WorkBox box, uint32_t days, uint32_t *ret_count)
{
    struct db_args args = { 0 };
    struct db_rows *row;
    status_t st;

    add_args(call, &args, box, days);
    db_arg_i64(&args, WORK_COUNT_LIMIT);
    st = db_query_row(call->db, call->arena, &sql_open_work_count, &args, &row);
    if (st)
        return st;
    *ret_count = (uint32_t)db_i64(row, 0, "n");
    return db_rows_status(row);
}
