/* SPDX-License-Identifier: Apache-2.0 */
/* Working off imports, one bounded step at a time, on the jobs thread. A dry run is one transaction that writes only
 * what became of the rows. A commit is one transaction per chunk: effects, outcomes and progress together, so that a
 * process killed at any moment leaves whole chunks, and the next step goes on behind them. The file is read anew in
 * each step and always gives the same rows in the same order. */
#include "organizations/imports/job_imports.h"
#include "organizations/imports/store_import.h"
#include "base/banned.h"

static struct import_work
begin_work(struct job_context *job, const struct import_claim *claim)
{
    return (struct import_work){ .db = job->db,
                                 .arena = job->arena,
                                 .state = job->state,
                                 .actor = claim->actor,
                                 .now = job->now,
                                 .today = instant_date(job->now) };
}

/* Rows that the file alone has not settled yet. */
static size_t
unsettled(struct sheet_row **rows, size_t count, struct sheet_row **ret_rows)
{
    size_t left = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i]->outcome == ROW_PENDING)
            ret_rows[left++] = rows[i];
    return left;
}

static status_t
judge_rows(struct import_work *work, const struct ledger *ledger, struct sheet_row **rows, size_t count, bool lock)
{
    struct sheet_row **open = arena_array(work->arena, count, sizeof *open);
    size_t n = unsettled(rows, count, open);

    return n ? ledger_judge(ledger, work, open, n, lock) : OK;
}

static void
count_rows(struct sheet_row **rows, size_t count, struct import_counts *counts)
{
    counts->read += (int64_t)count;
    for (size_t i = 0; i < count; i++)
        counts->of[rows[i]->outcome]++;
}

static size_t
batch_at(const struct sheet *sheet, size_t at)
{
    return sheet->count - at < LEDGER_BATCH ? sheet->count - at : LEDGER_BATCH;
}

static status_t
dry_run(struct import_work *work, const struct ledger *ledger, const struct import_claim *claim)
{
    struct import_counts counts = { 0 };

    for (size_t at = 0; at < work->sheet->count; at += LEDGER_BATCH) {
        struct sheet_row **rows = work->sheet->rows + at;
        size_t count = batch_at(work->sheet, at);
        status_t st = judge_rows(work, ledger, rows, count, false);

        if (st)
            return st;
        count_rows(rows, count, &counts);
        import_rows_write(work, &claim->id, rows, count);
    }
    import_validated(work, &claim->id, &counts);
    return OK;
}

static status_t
apply_rows(struct import_work *work, const struct ledger *ledger, struct sheet_row **rows, size_t count)
{
    struct sheet_row **good = arena_array(work->arena, count, sizeof *good);
    size_t n = 0;

    for (size_t i = 0; i < count; i++)
        if (rows[i]->outcome == ROW_CREATED || rows[i]->outcome == ROW_UPDATED)
            good[n++] = rows[i];
    return n ? ledger->apply(work, good, n) : OK;
}

static status_t
commit_chunk(struct import_work *work, const struct ledger *ledger, const struct import_claim *claim)
{
    size_t at = (size_t)claim->done;
    struct sheet_row **rows = work->sheet->rows + at;
    size_t count = batch_at(work->sheet, at);
    struct import_counts counts = { 0 };
    status_t st = judge_rows(work, ledger, rows, count, true);

    if (!st)
        st = apply_rows(work, ledger, rows, count);
    if (st)
        return st;
    count_rows(rows, count, &counts);
    import_rows_write(work, &claim->id, rows, count);
    import_advance(work, claim, &counts, at + count == work->sheet->count && !ledger->has_bases);
    return OK;
}

static status_t
work_on(struct job_context *job, const struct import_claim *claim)
{
    const struct ledger *ledger = ledger_find(claim->ledger);
    struct import_work work = begin_work(job, claim);
    struct sheet_source source = { 0 };
    status_t st = import_file(job, &claim->id, &source.bytes);

    if (st)
        return st;
    work.audit = (struct audit_work){ .db = job->db,
                                      .arena = job->arena,
                                      .actor = &work.actor,
                                      .process = job->process,
                                      .action = "import",
                                      .request = claim->request,
                                      .now = job->now };
    st = sheet_read(job->arena, ledger->form, &source, work.today, &work.sheet);
    if (st) {
        import_failed(&work, &claim->id, st);
        return OK;
    }
    return claim->committing ? commit_chunk(&work, ledger, claim) : dry_run(&work, ledger, claim);
}

/* The import goes to the end of the line, so that one that fails does not hold up the others. */
static status_t
step_aside(struct job_context *job, const struct import_claim *claim, status_t why)
{
    db_rollback(job->db);
    if (db_ready(job->arena, job->db) == OK) {
        db_begin(job->db);
        import_postpone(job->db, &claim->id, job->now);
        if (db_commit(job->db, job->arena))
            db_rollback(job->db);
    }
    return why;
}

status_t
job_import_rows(struct job_context *job, bool *ret_more)
{
    struct import_claim claim;
    status_t st;

    db_begin(job->db);
    st = import_claim_rows(job->db, job->arena, &claim);
    if (st) {
        db_rollback(job->db);
        return status_is(st, PROBLEM_NOT_FOUND) ? OK : st;
    }
    st = work_on(job, &claim);
    if (!st)
        st = db_commit(job->db, job->arena);
    if (st)
        return step_aside(job, &claim, st);
    job->committed(job->committed_context);
    job_wake(); /* there may be bases to tell now */
    *ret_more = true;
    return OK;
}
