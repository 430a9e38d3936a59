/* SPDX-License-Identifier: Apache-2.0 */
/* The faults. The main thread: the processes are its children and die with it. */
#include "faults.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "record.h"

#define HELD_MS 2500

struct bench {
    struct fleet *fleet;
    struct chance *chance;
};

static int numbers; /* of faults */

static int
begin(const char *kind, const char *what, bool caught)
{
    record_line("{\"k\":\"fault\",\"f\":%d,\"t\":%lld,\"kind\":\"%s\",\"what\":\"%s\",\"caught\":%s}", ++numbers,
                (long long)record_now(), kind, what, caught ? "true" : "false");
    return numbers;
}

static void
end(int number)
{
    record_line("{\"k\":\"healed\",\"f\":%d,\"t\":%lld}", number, (long long)record_now());
}

static int
pick(struct bench *bench, const char *program)
{
    for (;;) {
        int i = chance_below(bench->chance, FLEET_LISTED);

        if (!program || strcmp(fleet_rows[i].program, program) == 0)
            return i;
    }
}

static void
start(struct bench *bench, int i)
{
    if (!test_system_pid(bench->fleet->system, fleet_rows[i].name))
        test_system_launch(bench->fleet->system, fleet_rows[i].name);
}

/* --- processes ------------------------------------------------------------------------------------------------------
 */

static void
kill_one(struct bench *bench)
{
    int i = pick(bench, NULL);
    int fault = begin("kill", fleet_rows[i].name, true);

    test_system_kill(bench->fleet->system, fleet_rows[i].name);
    chance_pause(bench->chance, 0, 1000);
    start(bench, i);
    end(fault);
}

static void
kill_two(struct bench *bench)
{
    int i = pick(bench, NULL);
    int j = (i + 1 + chance_below(bench->chance, FLEET_LISTED - 1)) % FLEET_LISTED;
    int fault = begin("kill_two", fleet_rows[i].name, true);

    test_system_kill(bench->fleet->system, fleet_rows[i].name);
    test_system_kill(bench->fleet->system, fleet_rows[j].name);
    chance_pause(bench->chance, 0, 1000);
    start(bench, i);
    start(bench, j);
    end(fault);
}

static void
stop_one(struct bench *bench)
{
    int i = pick(bench, NULL);
    int fault = begin("stop", fleet_rows[i].name, true);
    int pid = test_system_pid(bench->fleet->system, fleet_rows[i].name);

    kill(pid, SIGSTOP);
    chance_pause(bench->chance, 300, 5000);
    kill(pid, SIGCONT);
    end(fault);
}

/* --- the database ---------------------------------------------------------------------------------------------------
 */

static void
end_backend(struct bench *bench)
{
    int fault = begin("backend", "postgresql", true);

    fleet_sql(bench->fleet, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                            " and usename in ('transfers', 'organizations')"
                            " order by state = 'active' desc, query_start desc limit 1");
    end(fault);
}

/* A backend that dies hard takes all others with it, and the server recovers from its log. As the server's own user,
 * whoever we are. */
static void
crash(struct bench *bench)
{
    char sql[160];
    long long pid = fleet_sql(bench->fleet, "select pid from pg_stat_activity where datname = current_database()"
                                            " and usename = 'transfers' limit 1");
    int fault;

    if (pid <= 0 || fleet_sql(bench->fleet, "select count(*) from pg_stat_activity where datname is not null"
                                            " and datname <> current_database() and backend_type = 'client backend'"))
        return; /* somebody else uses this server */
    fault = begin("crash", "postgresql", true);
    snprintf(sql, sizeof sql, "copy (select 1) to program 'kill -9 %lld'", pid);
    fleet_sql(bench->fleet, sql);
    while (fleet_sql(bench->fleet, "select 1") != 1)
        poll(NULL, 0, 20);
    end(fault);
}

/* --- what travels ---------------------------------------------------------------------------------------------------
 */

/* A COMMIT or its answer is caught on the way and lost: the connections are cut, or the process dies besides. */
static void
lose_commit(struct bench *bench, const char *kind, enum proxy_mode mode, const char *program, const char *behind,
            bool kills)
{
    int i = pick(bench, program);
    struct proxy *proxy = bench->fleet->proxy[i];
    bool held;
    int fault;

    proxy_set(proxy, mode, behind);
    held = proxy_await_held(proxy, HELD_MS);
    fault = begin(kind, fleet_rows[i].name, held);
    chance_pause(bench->chance, 0, 500);
    if (kills)
        test_system_kill(bench->fleet->system, fleet_rows[i].name);
    proxy_set(proxy, PROXY_PASS, NULL);
    proxy_cut(proxy);
    start(bench, i);
    end(fault);
}

static void
lose_answer(struct bench *bench)
{
    lose_commit(bench, "commit_answer_lost", PROXY_HOLD_ANSWER, "transfers", "idempotency_store", false);
}

static void
lose_request(struct bench *bench)
{
    lose_commit(bench, "commit_lost", PROXY_HOLD_COMMIT, "transfers", "idempotency_store", false);
}

static void
kill_after_commit(struct bench *bench)
{
    lose_commit(bench, "killed_after_commit", PROXY_HOLD_ANSWER, "transfers", "idempotency_store", true);
}

static void
kill_follower_before(struct bench *bench)
{
    lose_commit(bench, "follower_killed_before_commit", PROXY_HOLD_COMMIT, "organizations", "cursor_move", true);
}

static void
kill_follower_after(struct bench *bench)
{
    lose_commit(bench, "follower_killed_after_commit", PROXY_HOLD_ANSWER, "organizations", "cursor_move", true);
}

static void
freeze(struct bench *bench)
{
    int i = pick(bench, chance_percent(bench->chance, 50) ? "transfers" : "organizations");
    int fault = begin("freeze", fleet_rows[i].name, true);

    proxy_set(bench->fleet->proxy[i], PROXY_FREEZE, NULL);
    chance_pause(bench->chance, 300, 4000);
    proxy_set(bench->fleet->proxy[i], PROXY_PASS, NULL);
    end(fault);
}

static void
cut(struct bench *bench)
{
    int i = pick(bench, chance_percent(bench->chance, 50) ? "transfers" : "organizations");
    int fault = begin("cut", fleet_rows[i].name, true);

    proxy_cut(bench->fleet->proxy[i]);
    end(fault);
}

/* --- the clock ------------------------------------------------------------------------------------------------------
 */

/* A process of another day ends what is over by its clock, and dies in the middle of it. */
static void
move_clock(struct bench *bench)
{
    int fault = begin("clock", FLEET_CLOCK, true);

    test_system_launch(bench->fleet->system, FLEET_CLOCK);
    chance_pause(bench->chance, 300, 2000);
    test_system_kill(bench->fleet->system, FLEET_CLOCK);
    end(fault);
}

static void (*const kinds[])(struct bench *bench) = {
    kill_one,    kill_two,     stop_one,          end_backend,          crash,
    lose_answer, lose_request, kill_after_commit, kill_follower_before, kill_follower_after,
    freeze,      cut,          move_clock,
};

#define KINDS (sizeof kinds / sizeof *kinds)

static void
shuffle(struct chance *chance, size_t *order)
{
    for (size_t i = 0; i < KINDS; i++)
        order[i] = i;
    for (size_t i = KINDS - 1; i > 0; i--) {
        size_t j = (size_t)chance_below(chance, (int)i + 1);
        size_t kept = order[i];

        order[i] = order[j];
        order[j] = kept;
    }
}

/* A process that ends although nobody killed it is recorded, and started again as its supervisor would. */
static void
look_after(struct bench *bench)
{
    for (int i = 0; i < FLEET_LISTED; i++) {
        if (test_system_ended(bench->fleet->system, fleet_rows[i].name))
            record_line("{\"k\":\"died\",\"t\":%lld,\"what\":\"%s\"}", (long long)record_now(), fleet_rows[i].name);
        start(bench, i);
    }
}

void
faults_run(struct fleet *fleet, struct chance *chance, int64_t until)
{
    struct bench bench = { fleet, chance };
    size_t order[KINDS];

    for (size_t i = 0; record_now() < until; i = (i + 1) % KINDS) {
        if (i == 0)
            shuffle(chance, order);
        kinds[order[i]](&bench);
        chance_pause(chance, 100, 1500);
        look_after(&bench);
    }
}

void
faults_heal(struct fleet *fleet)
{
    struct bench bench = { .fleet = fleet };

    look_after(&bench);
    for (int i = 0; i < FLEET_LISTED; i++) {
        if (fleet->proxy[i])
            proxy_set(fleet->proxy[i], PROXY_PASS, NULL);
        kill(test_system_pid(fleet->system, fleet_rows[i].name), SIGCONT);
    }
    for (int i = 0; i < FLEET_LISTED; i++)
        test_system_await(fleet->system, fleet_rows[i].name);
}
