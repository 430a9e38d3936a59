/* SPDX-License-Identifier: Apache-2.0 */
/* Letters on their way are reminded of while they are valid: at a part of their validity, and some days before its end
 * (settings), each once for an issue. The jobs thread; instances share the work by skipping what another has locked. */
#include "transfers/clocks/job_remind.h"

#include "io/clock.h"
#include "transfers/clocks/system_step.h"
#include "base/banned.h"

#define BATCH 100

static status_t
run_batch(struct job_context *job, const struct letter_reminder *reminder, bool *ret_more)
{
    struct system_work work = { .db = job->db,
                                .arena = job->arena,
                                .process = job->process,
                                .action = "job/remind",
                                .request = clock_id(),
                                .now = job->now };
    struct letter_view *views;
    int count;
    status_t st;

    db_begin(job->db);
    st = letters_claim_reminded(job->db, job->arena, reminder, job->now, BATCH, &views, &count);
    if (st)
        return st;
    for (int n = 0; n < count; n++)
        system_step(&work, &views[n], EVENT_REMIND, NULL);
    *ret_more = *ret_more || count == BATCH;
    st = db_commit(job->db, job->arena);
    if (!st && count > 0 && job->committed)
        job->committed(job->committed_context);
    return st;
}

status_t
job_remind(struct job_context *job, bool *ret_more)
{
    const struct transfers_state *state = job->state;
    status_t st = OK;

    for (size_t i = 0; !st && i < TRANSFERS_REMINDERS; i++)
        if (state->reminders[i].percent || state->reminders[i].days)
            st = run_batch(job, &state->reminders[i], ret_more);
    return st;
}
