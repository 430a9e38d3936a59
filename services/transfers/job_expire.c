/* SPDX-License-Identifier: Apache-2.0 */
/* What time does to letters: validity ends (过期), drafts and returned letters that nobody touches are cancelled. The
 * jobs thread; several instances share the work by skipping what another has locked. */
#include "daemon/daemon.h"
#include "io/clock.h"
#include "rpc/audit.h"
#include "transfers/store.h"
#include "transfers/transfers.h"
#include "base/banned.h"

#define BATCH         100
#define DAY_US        INT64_C(86400000000)
#define DRAFT_DAYS    30
#define RETURNED_DAYS 15

static const struct {
    enum letter_overdue kind;
    enum letter_event event;
    int64_t idle_days;
} clocks[] = {
    { OVERDUE_VALIDITY, EVENT_EXPIRE, 0 },
    { OVERDUE_DRAFT, EVENT_PURGE, DRAFT_DAYS },
    { OVERDUE_RETURNED, EVENT_LAPSE, RETURNED_DAYS },
};

static void
take(struct job_context *job, const struct id *request, struct letter_view *view, enum letter_event event)
{
    struct letter_attempt attempt = { .event = event, .actors = ACTOR_SYSTEM, .today = instant_date(job->now) };
    struct letter_deed deed = { .name = letter_event_code(event), .at = job->now };
    struct audit_work work = { .db = job->db,
                               .arena = job->arena,
                               .process = job->process,
                               .action = "job/expire",
                               .request = *request,
                               .now = job->now };
    struct audit_entry entry = { .object = "letter",
                                 .id = &view->letter.id,
                                 .before = letter_image(job->arena, &view->letter) };
    const struct letter_step *step;

    if (letter_may(&view->letter, &attempt, &step))
        return;
    letter_take(&view->letter, step, job->now);
    letter_update(job->db, &view->letter);
    history_add(job->db, &view->letter, &deed);
    entry.after = letter_image(job->arena, &view->letter);
    audit_add_work(&work, &entry);
    emit_letter_changed(job->db, job->arena, view, &deed, false);
}

static status_t
run_clock(struct job_context *job, size_t i, bool *ret_more)
{
    struct id request = clock_id();
    struct letter_view *views;
    int count;
    status_t st;

    db_begin(job->db);
    st = letters_claim_overdue(job->db, job->arena, clocks[i].kind, instant_date(job->now),
                               job->now - clocks[i].idle_days * DAY_US, BATCH, &views, &count);
    if (st)
        return st;
    for (int n = 0; n < count; n++)
        take(job, &request, &views[n], clocks[i].event);
    *ret_more = *ret_more || count == BATCH;
    st = db_commit(job->db, job->arena);
    if (!st && count > 0 && job->committed)
        job->committed(job->committed_context);
    return st;
}

status_t
job_expire(struct job_context *job, bool *ret_more)
{
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        status_t st = run_clock(job, i, ret_more);

        if (st)
            return st;
    }
    return OK;
}
