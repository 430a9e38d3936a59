/* SPDX-License-Identifier: Apache-2.0 */
/* Working off imports on the jobs thread. The file is read once a step and always gives the same rows in the same
 * order; then chunk follows chunk, each a transaction: outcomes, effects and progress together, so that a process
 * killed at any moment leaves whole chunks, and whoever comes next goes on behind them. A dry run that was cut begins
 * anew, for its later rows lean on earlier ones that are not in the database; it writes nothing but outcomes. */
#include "organizations/imports/chunk.h"
#include "organizations/imports/job_imports.h"
#include "base/banned.h"

#define STEP_CHUNKS 20 /* of a commit; then other jobs have their turn */
#define CHUNK_ROOM  ((size_t)64 * 1024 * 1024)

/* What is done in each state, and how far in one step. */
static const struct phase {
    const char *state;
    const char *action; /* in the audit */
    chunk_work *work;
    size_t chunks; /* 0: all */
} phases[] = {
    { "validating", "check_import", check_chunk, 0 },
    { "committing", "import", write_chunk, STEP_CHUNKS },
    { "undoing", "undo_import", undo_chunk, STEP_CHUNKS },
    { 0 },
};

static const struct phase *
phase_of(const char *state)
{
    const struct phase *phase = phases;

    while (phase->state && strcmp(phase->state, state) != 0)
        phase++;
    return phase->state ? phase : NULL;
}

/* Everything but the dry run's rows is worked on from where the import stands; undoing goes from the end. */
static struct chunk
next_chunk(const struct import_run *run, struct sheet_row **ret_reversed)
{
    const struct sheet *sheet = run->work.sheet;
    bool undo = strcmp(run->claim.state, "undoing") == 0;
    size_t at = (size_t)(undo ? run->claim.undo_done : run->claim.done);
    size_t left = at < sheet->count ? sheet->count - at : 0;
    struct chunk chunk = { .count = left < LEDGER_BATCH ? left : LEDGER_BATCH };

    chunk.last = chunk.count == left;
    if (!undo) {
        chunk.rows = sheet->rows + at;
        return chunk;
    }
    for (size_t i = 0; i < chunk.count; i++)
        ret_reversed[i] = sheet->rows[left - 1 - i];
    chunk.rows = ret_reversed;
    return chunk;
}

static status_t
one_chunk(struct import_run *run, const struct phase *phase, bool *ret_last)
{
    struct sheet_row *reversed[LEDGER_BATCH];
    struct chunk chunk = next_chunk(run, reversed);
    status_t st;

    db_begin(run->work.db);
    st = import_lock_chunk(run->work.db, run->work.arena, &run->claim);
    if (!st)
        st = phase->work(run, &chunk);
    if (!st)
        st = db_commit(run->work.db, run->work.arena);
    if (st) {
        db_rollback(run->work.db);
        return st;
    }
    run->claim.done += phase->work == undo_chunk ? 0 : (int64_t)chunk.count;
    run->claim.undo_done += phase->work == undo_chunk ? (int64_t)chunk.count : 0;
    *ret_last = chunk.last;
    return OK;
}

/* NOT_FOUND means that the import was cancelled meanwhile: nothing is left to do. */
static status_t
run_chunks(struct import_run *run, struct job_context *job)
{
    const struct phase *phase = phase_of(run->claim.state);
    bool last = false;
    status_t st = OK;

    run->work.audit.action = phase->action;
    for (size_t n = 0; !st && !last && (phase->chunks == 0 || n < phase->chunks); n++) {
        arena_reset(run->work.arena);
        st = one_chunk(run, phase, &last);
        job->committed(job->committed_context);
    }
    return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
}

/* In a transaction of its own: the dry run has begun, or the file cannot be read. */
static status_t
begin(struct import_run *run, status_t unreadable)
{
    struct import_work *work = &run->work;
    status_t st;

    db_begin(work->db);
    st = import_lock_chunk(work->db, work->arena, &run->claim);
    if (!st && unreadable)
        import_failed(work, &run->claim.id, unreadable);
    else if (!st)
        import_begin_check(work, &run->claim.id);
    if (!st)
        st = db_commit(work->db, work->arena);
    if (st)
        db_rollback(work->db);
    run->claim.state = "validating";
    run->claim.done = 0;
    return st;
}

static status_t
work_on(struct job_context *job, struct import_run *run)
{
    bool is_check = strcmp(run->claim.state, "queued") == 0 || strcmp(run->claim.state, "validating") == 0;
    status_t unreadable = import_file(job, &run->claim);
    status_t st = OK;

    if (unreadable && !status_is(unreadable, PROBLEM_IMPORT_OVER))
        return unreadable;
    if (!unreadable)
        unreadable = sheet_read(job->arena, run->ledger->form, &run->claim.source, run->work.today, &run->work.sheet);
    if (unreadable || is_check)
        st = begin(run, unreadable);
    if (unreadable)
        return st;
    return st ? st : run_chunks(run, job);
}

static struct import_run
run_new(struct job_context *job, struct arena *arena)
{
    return (struct import_run){
        .work = { .db = job->db, .arena = arena, .state = job->state, .now = job->now, .today = instant_date(job->now) }
    };
}

static void
run_claimed(struct import_run *run, struct job_context *job)
{
    run->ledger = ledger_find(run->claim.ledger);
    run->work.actor = run->claim.actor;
    run->work.audit = (struct audit_work){ .db = job->db,
                                           .arena = run->work.arena,
                                           .actor = &run->work.actor,
                                           .process = job->process,
                                           .request = run->claim.request,
                                           .now = job->now };
}

/* The import goes to the end of the line, so that one that fails does not hold up the others. */
static void
step_aside(struct job_context *job, const struct id *id)
{
    if (db_ready(job->arena, job->db) != OK)
        return;
    db_begin(job->db);
    import_postpone(job->db, id, job->now);
    if (db_commit(job->db, job->arena))
        db_rollback(job->db);
}

static void
free_arena(void *arena)
{
    arena_free(arena);
}

/* Statuses of a chunk live in its arena, so it lasts as long as the step's. */
static struct arena *
chunk_arena(struct job_context *job)
{
    struct arena *arena = arena_new(CHUNK_ROOM);

    arena_dispose(job->arena, free_arena, arena);
    return arena;
}

status_t
job_import_rows(struct job_context *job, bool *ret_more)
{
    struct import_run run = run_new(job, chunk_arena(job));
    status_t st = import_claim(job->db, job->arena, &run.claim);

    if (st)
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    run_claimed(&run, job);
    st = work_on(job, &run);
    if (st)
        step_aside(job, &run.claim.id);
    if (db_is_open(job->db))
        st = status_join(job->arena, st, import_release(job->db, job->arena, &run.claim.id));
    job_wake(); /* there may be bases to tell now */
    *ret_more = !st;
    return st;
}
