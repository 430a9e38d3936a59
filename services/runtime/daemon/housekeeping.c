/* SPDX-License-Identifier: Apache-2.0 */
/* What must not grow, and what must grow in time. The jobs thread. */
#include "daemon/housekeeping.h"

#include "daemon/audit_seal.h"
#include "rpc/idempotency.h"
#include "base/banned.h"

#define BATCH      1000
#define DAY        ((instant_t)86400 * 1000000)
#define AHEAD_DAYS 100 /* so that a month is there long before its first row */

static const struct db_statement sql_forget = {
    "housekeeping_forget",
    "DELETE FROM idempotency WHERE (account_id, key) IN"
    " (SELECT account_id, key FROM idempotency WHERE at < $1::timestamptz ORDER BY at LIMIT $2::int)"
    " RETURNING 1",
};

status_t
housekeeping_forget_answers(struct job_context *job, bool *ret_more)
{
    struct db_args args = { 0 };
    struct db_rows *rows;
    status_t st;

    db_arg_instant(&args, job->now - IDEMPOTENCY_DAYS * DAY);
    db_arg_i64(&args, BATCH);
    st = db_query(job->db, job->arena, &sql_forget, &args, &rows);
    *ret_more = !st && db_count(rows) == BATCH;
    return st;
}

static const struct db_statement sql_extend = {
    "housekeeping_extend",
    "SELECT extend_partitions($1::date)",
};

status_t
housekeeping_extend_partitions(struct job_context *job, bool *ret_more)
{
    struct db_args args = { 0 };
    struct db_rows *rows;

    *ret_more = false;
    db_arg_date(&args, instant_date(job->now) + AHEAD_DAYS);
    return db_query(job->db, job->arena, &sql_extend, &args, &rows);
}

const struct db_statement *const housekeeping_statements[] = {
    &sql_forget,
    &sql_extend,
    &sql_audit_seal_plan,
    &sql_audit_seal_lock,
    &sql_audit_seal_head,
    &sql_audit_seal_next,
    &sql_audit_seal_insert,
    &sql_audit_seal_walk,
    &sql_audit_seal_missed,
    NULL,
};
