/* SPDX-License-Identifier: Apache-2.0 */
/* Ends that nobody has been told of are marked as told and told, some of each kind a step. On the jobs thread. */
#include "organizations/work/job_ends.h"

#include <liangxin/organizations/v1/organizations_events.pb-c.h>

#include "events/outbox.h"
#include "organizations/wire.h"
#include "base/banned.h"

#define STEP_MOST 200 /* of each kind in one step, as the statements say */

const struct db_statement sql_imports_ended = {
    "imports_ended",
    "WITH ended AS (SELECT id FROM import WHERE told = 0 AND state IN ('succeeded', 'failed')"
    "                ORDER BY worked_at LIMIT 200 FOR UPDATE SKIP LOCKED)"
    " UPDATE import i SET told = 1 FROM ended e WHERE i.id = e.id RETURNING i.id, i.account_id, i.state",
};

/* $1: today */
const struct db_statement sql_posts_ended = {
    "posts_ended",
    "WITH ended AS (SELECT id FROM account_post WHERE NOT end_told AND until <= $1::date"
    "                ORDER BY until LIMIT 200 FOR UPDATE SKIP LOCKED)"
    " UPDATE account_post p SET end_told = true FROM ended e WHERE p.id = e.id"
    " RETURNING p.id, p.account_id,"
    "    CASE WHEN EXISTS (SELECT FROM post_hand_over_history h WHERE h.post_id = p.id) THEN 'handed_over'"
    "         ELSE 'ended' END AS event,"
    "    (SELECT n.ancestor FROM organization_line n"
    "       JOIN account_post q ON q.organization_id = n.ancestor"
    "       JOIN role_permission m ON m.role = q.role AND m.permission = 'account.manage'"
    "      WHERE n.descendant = p.organization_id AND q.account_id <> p.account_id AND q.since <= $1::date"
    "        AND (q.until IS NULL OR q.until > $1::date)"
    "      ORDER BY n.depth LIMIT 1) AS superior_id",
};

static void
tell(struct job_context *job, const char *aggregate, struct db_rows *rows, int row, const ProtobufCMessage *fact)
{
    struct id id = db_id(rows, row, "id");

    outbox_append(
        job->db, job->arena,
        &(struct outbox_event){ .aggregate = aggregate, .id = &id, .version = 1, .fact = fact, .at = job->now });
}

static void
tell_import(struct job_context *job, struct db_rows *rows, int row)
{
    Liangxin__Organizations__V1__ImportFinished fact = LIANGXIN__ORGANIZATIONS__V1__IMPORT_FINISHED__INIT;
    struct id account = db_id(rows, row, "account_id");

    fact.account_id = wire_id(&account);
    fact.state = wire_text(db_text(rows, row, "state"));
    tell(job, "import", rows, row, &fact.base);
}

static void
tell_post(struct job_context *job, struct db_rows *rows, int row)
{
    Liangxin__Organizations__V1__PostEnded fact = LIANGXIN__ORGANIZATIONS__V1__POST_ENDED__INIT;
    struct id account = db_id(rows, row, "account_id");
    struct id superior = db_id(rows, row, "superior_id");

    fact.account_id = wire_id(&account);
    if (!id_is_nil(&superior))
        fact.superior_id = wire_id(&superior);
    fact.event = wire_text(db_text(rows, row, "event"));
    tell(job, "post", rows, row, &fact.base);
}

static status_t
tell_ends(struct job_context *job, struct db_rows **ret_imports, struct db_rows **ret_posts)
{
    struct db_args today = { 0 };
    status_t st = db_query(job->db, job->arena, &sql_imports_ended, NULL, ret_imports);

    db_arg_date(&today, instant_date(job->now));
    if (!st)
        st = db_query(job->db, job->arena, &sql_posts_ended, &today, ret_posts);
    if (st)
        return st;
    for (int i = 0; i < db_count(*ret_imports); i++)
        tell_import(job, *ret_imports, i);
    for (int i = 0; i < db_count(*ret_posts); i++)
        tell_post(job, *ret_posts, i);
    st = db_rows_status(*ret_imports);
    return st ? st : db_rows_status(*ret_posts);
}

status_t
job_ends(struct job_context *job, bool *ret_more)
{
    struct db_rows *imports;
    struct db_rows *posts;
    status_t st;

    db_begin(job->db);
    st = tell_ends(job, &imports, &posts);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st) {
        db_rollback(job->db);
        return st;
    }
    *ret_more = db_count(imports) == STEP_MOST || db_count(posts) == STEP_MOST;
    if (db_count(imports) + db_count(posts) > 0)
        job->committed(job->committed_context);
    return OK;
}
