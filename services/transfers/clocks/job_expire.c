/* SPDX-License-Identifier: Apache-2.0 */
/* What time does to letters: validity ends (过期); the clocks of letter_clock.c cancel what nobody touches, remind and
 * escalate. The jobs thread; several instances share the work by skipping what another has locked. */
#include "daemon/daemon.h"
#include "io/clock.h"
#include "transfers/clocks/system_step.h"
#include "base/banned.h"

#define BATCH 100

/* One batch in a transaction of its own; `clock` NULL: validity. */
static status_t
run_batch(struct job_context *job, const struct letter_clock *clock, date_t begun_by, bool *ret_more)
{
    struct system_work work = { .db = job->db,
                                .arena = job->arena,
                                .process = job->process,
                                .action = "job/expire",
                                .request = clock_id(),
                                .now = job->now };
    struct letter_view *views;
    int count;
    status_t st;

    db_begin(job->db);
    if (clock)
        st = letters_claim_overdue(job->db, job->arena, clock, begun_by, job->now, BATCH, &views, &count);
    else
        st = letters_claim_expired(job->db, job->arena, instant_date(job->now), BATCH, &views, &count);
    if (st)
        return st;
    for (int n = 0; n < count; n++)
        system_step(&work, &views[n], clock ? clock->event : EVENT_EXPIRE, NULL);
    *ret_more = *ret_more || count == BATCH;
    st = db_commit(job->db, job->arena);
    if (!st && count > 0 && job->committed)
        job->committed(job->committed_context);
    return st;
}

status_t
job_expire(struct job_context *job, bool *ret_more)
{
    struct workday_calendar calendar;
    status_t st = run_batch(job, NULL, 0, ret_more);

    if (!st)
        st = calendar_read(job->db, job->arena, &calendar);
    for (size_t i = 0; !st && i < letter_clocks_count; i++)
        st = run_batch(job, &letter_clocks[i],
                       letter_clock_begun_by(&letter_clocks[i], instant_date(job->now), &calendar), ret_more);
    return st;
}
