/* SPDX-License-Identifier: Apache-2.0 */
/* One thread for all jobs of a process; replicas share work by claiming rows. Owns its connection, client and arena. */
#include "daemon/jobs.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "daemon/audit_seal.h"
#include "daemon/housekeeping.h"
#include "io/clock.h"
#include "io/log.h"
#include "io/metrics.h"
#include "base/banned.h"

#define JOBS        24
#define STEP_MS     60000 /* a step may take so long */
#define ARENA_LIMIT ((size_t)128 * 1024 * 1024)

struct jobs {
    struct jobs_setup setup;
    struct job job[JOBS + 1]; /* the service's and the housekeeping of every service; ends with .name == NULL */
    pthread_t thread;
    bool stopping; /* guarded by `gate` */
    int64_t due_ms[JOBS];
    struct job_context context;
};

/* One gate a process: handlers wake the jobs thread without knowing it. */
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t gate_open = PTHREAD_COND_INITIALIZER;
static bool gate_wanted; /* guarded by `gate` */

static struct metric job_seconds = {
    .name = "liangxin_job_seconds",
    .kind = METRIC_HISTOGRAM,
    .label = "job",
    .prose = "Time of one step of a background job.",
};
static struct metric job_failures = {
    .name = "liangxin_job_failures_total",
    .kind = METRIC_COUNTER,
    .label = "job",
    .prose = "Steps of a background job that failed; they are tried again when the job is due.",
};

void
jobs_metrics(void)
{
    metrics_register(&job_seconds);
    metrics_register(&job_failures);
    audit_seal_metrics();
}

void
job_wake(void)
{
    pthread_mutex_lock(&gate);
    gate_wanted = true;
    pthread_cond_signal(&gate_open);
    pthread_mutex_unlock(&gate);
}

static int64_t
next_due(const struct jobs *jobs)
{
    int64_t soonest = clock_ms() + STEP_MS;

    for (size_t i = 0; jobs->job[i].name; i++)
        if (jobs->due_ms[i] < soonest)
            soonest = jobs->due_ms[i];
    return soonest;
}

/* Waits until a job is due; true while the thread should go on. */
static bool
await_due(struct jobs *jobs, bool *ret_woken)
{
    int64_t wait_us = (next_due(jobs) - clock_ms()) * 1000;
    struct timespec until;
    bool go_on;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += wait_us > 0 ? wait_us / 1000000 : 0;
    until.tv_nsec += wait_us > 0 ? wait_us % 1000000 * 1000 : 0;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&gate);
    while (!gate_wanted && !jobs->stopping && wait_us > 0 &&
           pthread_cond_timedwait(&gate_open, &gate, &until) != ETIMEDOUT)
        ;
    *ret_woken = gate_wanted;
    gate_wanted = false;
    go_on = !jobs->stopping;
    pthread_mutex_unlock(&gate);
    return go_on;
}

static bool
is_stopping(struct jobs *jobs)
{
    bool stopping;

    pthread_mutex_lock(&gate);
    stopping = jobs->stopping;
    pthread_mutex_unlock(&gate);
    return stopping;
}

static void
run_job(struct jobs *jobs, const struct job *job)
{
    bool more = true;

    while (more && !is_stopping(jobs)) {
        int64_t from_us = clock_us();
        status_t st;

        more = false;
        arena_reset(jobs->context.arena);
        jobs->context.now = clock_now();
        db_deadline(jobs->context.db, clock_ms() + STEP_MS);
        st = db_ready(jobs->context.arena, jobs->context.db);
        if (!st)
            st = job->step(&jobs->context, &more);
        metric_observe(&job_seconds, job->name, clock_us() - from_us);
        if (st) {
            db_rollback(jobs->context.db);
            metric_add(&job_failures, job->name, 1);
            log_status("job", st, (struct log_field[]){ log_text("job", job->name), { 0 } });
            more = false;
        }
    }
}

static void *
jobs_main(void *argument)
{
    struct jobs *jobs = argument;
    bool woken = true;

    jobs->context =
        (struct job_context){ .arena = arena_new(ARENA_LIMIT),
                              .db = db_new(jobs->setup.dsn, jobs->setup.process),
                              .client = rpc_client_new(jobs->setup.bus, jobs->setup.peers, jobs->setup.n_peers),
                              .state = jobs->setup.state,
                              .process = jobs->setup.process,
                              .committed = jobs->setup.committed,
                              .committed_context = jobs->setup.committed_context };
    do {
        for (size_t i = 0; jobs->job[i].name; i++) {
            if (!woken && clock_ms() < jobs->due_ms[i])
                continue;
            run_job(jobs, &jobs->job[i]);
            jobs->due_ms[i] = clock_ms() + jobs->job[i].every_ms;
        }
    } while (await_due(jobs, &woken));
    rpc_client_free(jobs->context.client);
    db_free(jobs->context.db);
    arena_free(jobs->context.arena);
    return NULL;
}

static const struct job housekeeping[] = {
    { "forget_answers", 3600000, housekeeping_forget_answers },
    { "extend_partitions", 86400000, housekeeping_extend_partitions },
    { "audit_seal", 5000, audit_seal },
    { "audit_head", 3600000, audit_seal_tell_head },
    { 0 },
};

static size_t
add_jobs(struct jobs *jobs, size_t count, const struct job *rows)
{
    for (; rows && rows->name; rows++) {
        CHECK(count < JOBS);
        jobs->job[count++] = *rows;
    }
    return count;
}

struct jobs *
jobs_start(const struct jobs_setup *setup)
{
    struct jobs *jobs = calloc(1, sizeof *jobs);

    CHECK(jobs != NULL);
    jobs->setup = *setup;
    add_jobs(jobs, add_jobs(jobs, 0, setup->jobs), housekeeping);
    CHECK(pthread_create(&jobs->thread, NULL, jobs_main, jobs) == 0);
    return jobs;
}

void
jobs_stop(struct jobs *jobs)
{
    if (!jobs)
        return;
    pthread_mutex_lock(&gate);
    jobs->stopping = true;
    pthread_cond_signal(&gate_open);
    pthread_mutex_unlock(&gate);
    pthread_join(jobs->thread, NULL);
    free(jobs);
}
