/* SPDX-License-Identifier: Apache-2.0 */
/* usage: chaos [--seconds N] [--seed N] [--record FILE]
 *
 * Runs the system under faults and has the checker look at what is left. Its last line is the checker's verdict; the
 * exit status is the checker's: 0 holds, 1 does not, 2 nothing was proven. The main thread breaks and heals. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <curl/curl.h>
#include <fcntl.h>

#include "client.h"
#include "faults.h"
#include "record.h"
#include "support/cmocka_all.h"

#define CLIENTS       12
#define LONG_RUN      300 /* seconds: from here on the city has its full size */
#define MEMBERS_LONG  400 /* of a branch */
#define MEMBERS_SHORT 40
#define QUIET_MS      60000
#define TICK_MS       50

struct run {
    int seconds;
    long long seed;
    char record[256];
    struct fleet fleet;
    struct city city;
    struct client clients[CLIENTS];
    atomic_bool stop;
};

static void
read_arguments(struct run *run, int argc, char **argv)
{
    run->seconds = 600;
    run->seed = (long long)time(NULL);
    snprintf(run->record, sizeof run->record, "/tmp/liangxin-chaos.%d.jsonl", (int)getpid());
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--seconds") == 0)
            run->seconds = atoi(argv[i + 1]);
        else if (strcmp(argv[i], "--seed") == 0)
            run->seed = atoll(argv[i + 1]);
        else if (strcmp(argv[i], "--record") == 0)
            snprintf(run->record, sizeof run->record, "%s", argv[i + 1]);
        else
            argc = 0;
    }
    if (argc % 2 == 0 || run->seconds < 1) {
        fputs("usage: chaos [--seconds N] [--seed N] [--record FILE]\n", stderr);
        exit(64);
    }
}

static void
say(const char *phase)
{
    printf("chaos: %s\n", phase);
    fflush(stdout);
    record_line("{\"k\":\"phase\",\"t\":%lld,\"phase\":\"%s\"}", (long long)record_now(), phase);
}

/* What the processes say under faults is not this run's output. */
static void
turn_log_away(const struct run *run)
{
    char path[300];
    int file;

    snprintf(path, sizeof path, "%s.log", run->record);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0 || dup2(file, STDERR_FILENO) < 0)
        abort();
}

static void
start_clients(struct run *run)
{
    int each = run->city.n_members / CLIENTS;

    for (int i = 0; i < CLIENTS; i++) {
        struct client *client = &run->clients[i];

        *client = (struct client){ .members = run->city.members + i * each, .n_members = each, .stop = &run->stop };
        client->asker = (struct asker){ .city = &run->city,
                                        .number = i,
                                        .chance = chance_of((uint64_t)run->seed, (uint64_t)i + 1) };
        client->asker.gateways[0] = test_system_port(run->fleet.system, "gateway", "rpc");
        client->asker.gateways[1] = test_system_port(run->fleet.system, "gateway2", "rpc");
        client_start(client);
    }
}

/* Events in an outbox, and followers that do not stand at the end of their feed. */
static const char *const unrest =
    "select (select count(*) from organizations.outbox) + (select count(*) from transfers.outbox)"
    " + (select count(*) from (select source, pos from organizations.cursor union all"
    "    select source, pos from transfers.cursor union all select source, pos from dues.cursor union all"
    "    select source, pos from training.cursor union all select source, pos from notifications.cursor) c"
    "   join (select 'organizations' as source, head from organizations.feed_epoch union all"
    "         select 'transfers', head from transfers.feed_epoch) h using (source) where c.pos <> h.head)";

static void
await_quiet(struct run *run)
{
    int waited = 0;

    for (; waited < QUIET_MS && fleet_sql(&run->fleet, unrest) != 0; waited += TICK_MS)
        poll(NULL, 0, TICK_MS);
    record_line("{\"k\":\"quiet\",\"t\":%lld,\"waited_ms\":%d}", (long long)record_now(), waited);
}

static int
check(struct run *run)
{
    char path[512];
    char seconds[16];
    char seed[32];
    char *argv[] = { path, (char *)(uintptr_t)run->fleet.admin, run->record, seconds, seed, NULL };
    int status = 0;
    pid_t pid;

    snprintf(path, sizeof path, "%s/chaos_check", getenv("LIANGXIN_TEST_BIN"));
    snprintf(seconds, sizeof seconds, "%d", run->seconds);
    snprintf(seed, sizeof seed, "%lld", run->seed);
    pid = fork();
    if (pid == 0) {
        execv(path, argv);
        _exit(127);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void
storm(struct run *run)
{
    struct chance chance = chance_of((uint64_t)run->seed, 0);

    say("storm");
    start_clients(run);
    faults_run(&run->fleet, &chance, record_now() + run->seconds * INT64_C(1000000000));
    say("healing");
    faults_heal(&run->fleet);
    say("all processes are ready");
    atomic_store(&run->stop, true);
    for (int i = 0; i < CLIENTS; i++)
        client_join(&run->clients[i]);
    ask_drain();
    say("all commands are answered");
    await_quiet(run);
    for (int i = 0; i < FLEET_LISTED; i++)
        test_system_kill(run->fleet.system, fleet_rows[i].name);
}

int
main(int argc, char **argv)
{
    static struct run run;
    int status;

    read_arguments(&run, argc, argv);
    printf("chaos: %d seconds, seed %lld, record %s\n", run.seconds, run.seed, run.record);
    fflush(stdout);
    turn_log_away(&run);
    record_open(run.record);
    record_line("{\"k\":\"run\",\"seconds\":%d,\"seed\":%lld,\"clients\":%d}", run.seconds, run.seed, CLIENTS);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    fleet_open(&run.fleet);
    api_open(&run.city.api, run.fleet.system);
    test_system_start_all(run.fleet.system);
    say("loading");
    city_found(&run.city, run.fleet.pg, run.seconds < LONG_RUN ? MEMBERS_SHORT : MEMBERS_LONG);
    storm(&run);
    say("checking");
    status = check(&run);
    fleet_close(&run.fleet);
    return status;
}
