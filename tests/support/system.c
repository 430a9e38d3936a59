/* SPDX-License-Identifier: Apache-2.0 */
/* Real processes for scenarios. The test's thread owns them; they die with it (PR_SET_PDEATHSIG). */
#include "support/system.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/cmocka_all.h"
#include "support/http.h"

#define SERVICES  5
#define PROCESSES 16
#define SETTINGS  64
#define EXTRA     8
#define READY_MS  20000
#define STOP_MS   15000
#define TICK_MS   10

#define PORTS_EACH     3 /* of an instance; the instances of a program share ten */
#define MOST_INSTANCES 3

struct process {
    const char *name;    /* NULL: no such process */
    const char *program; /* what it runs: several may run one */
    int offset;          /* of its ports */
    bool hidden;         /* nobody calls it or hears its bell */
    bool deaf;           /* it hears no bells */
    pid_t pid;           /* 0: not running */
    const char *dsn;
    const char *extra_name[EXTRA];
    const char *extra_value[EXTRA];
};

struct test_system {
    struct test_pg *pg;
    const char *bin;
    const char *keys;
    int port_base;
    char token_file[256];
    char token[256];
    struct process process[PROCESSES];
};

struct environment {
    char *entry[SETTINGS + 1];
    int n;
};

static const char *
required(const char *name)
{
    const char *value = getenv(name);

    if (!value)
        fail_msg("%s is not set: run this test by ops/test", name);
    return value;
}

struct test_system *
test_system_new(struct test_pg *pg)
{
    static const struct process processes[PROCESSES] = {
        { "organizations", "organizations", .offset = 10 },
        { "transfers", "transfers", .offset = 20 },
        { "dues", "dues", .offset = 30 },
        { "training", "training", .offset = 40 },
        { "notifications", "notifications", .offset = 50 },
        { "gateway", "gateway", .offset = 0 },
    };
    struct test_system *system = calloc(1, sizeof *system);

    assert_non_null(system);
    system->pg = pg;
    system->bin = required("LIANGXIN_TEST_BIN");
    system->keys = required("LIANGXIN_TEST_KEYS");
    system->port_base = (int)strtol(required("LIANGXIN_TEST_PORT_BASE"), NULL, 10);
    snprintf(system->token_file, sizeof system->token_file, "/tmp/liangxin-test-token.%d", (int)getpid());
    memcpy(system->process, processes, sizeof processes);
    for (int i = 0; i < SERVICES; i++)
        system->process[i].dsn = test_pg_dsn(pg, system->process[i].name);
    return system;
}

static struct process *
find(struct test_system *system, const char *name)
{
    for (int i = 0; i < PROCESSES && system->process[i].name; i++)
        if (strcmp(system->process[i].name, name) == 0)
            return &system->process[i];
    fail_msg("no process %s", name);
    return NULL;
}

void
test_system_add(struct test_system *system, const char *name, const char *program, enum instance_kind kind)
{
    int n = 0;
    int i = 0;

    for (; i < PROCESSES && system->process[i].name; i++)
        n += strcmp(system->process[i].program, program) == 0;
    assert_true(i < PROCESSES && n > 0 && n <= MOST_INSTANCES);
    system->process[i] = (struct process){ .name = name,
                                           .program = program,
                                           .offset = find(system, program)->offset + n * PORTS_EACH,
                                           .hidden = kind == INSTANCE_HIDDEN,
                                           .deaf = kind != INSTANCE_LISTED,
                                           .dsn = find(system, program)->dsn };
}

void
test_system_dsn(struct test_system *system, const char *process, const char *dsn)
{
    find(system, process)->dsn = dsn;
}

void
test_system_set(struct test_system *system, const char *name, const char *setting, const char *value)
{
    struct process *process = find(system, name);

    for (int i = 0; i < EXTRA; i++)
        if (!process->extra_name[i]) {
            process->extra_name[i] = setting;
            process->extra_value[i] = value;
            return;
        }
    fail_msg("too many settings");
}

int
test_system_port(struct test_system *system, const char *name, const char *kind)
{
    int port = system->port_base + find(system, name)->offset;

    if (strcmp(find(system, name)->program, "gateway") == 0)
        return port + (strcmp(kind, "admin") == 0 ? 1 : 0);
    return port + (strcmp(kind, "bell") == 0 ? 1 : strcmp(kind, "admin") == 0 ? 2 : 0);
}

static void __attribute__((format(printf, 3, 4)))
add(struct environment *environment, const char *name, const char *format, ...)
{
    char value[1024];
    char entry[1200];
    va_list args;

    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    snprintf(entry, sizeof entry, "LIANGXIN_%s=%s", name, value);
    assert_true(environment->n < SETTINGS);
    environment->entry[environment->n++] = strdup(entry);
}

/* All instances of a service that may be called. */
static void
add_peer(struct test_system *system, struct environment *environment, const char *prefix, const char *program,
         const char *kind)
{
    char name[64];
    char hosts[256] = "";

    snprintf(name, sizeof name, "%s_%s", prefix, program);
    for (char *c = name; *c; c++)
        *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    for (int i = 0; i < PROCESSES && system->process[i].name; i++) {
        const struct process *process = &system->process[i];
        size_t used = strlen(hosts);

        if (!process->hidden && strcmp(process->program, program) == 0)
            snprintf(hosts + used, sizeof hosts - used, "%s127.0.0.1:%d", used ? "," : "",
                     test_system_port(system, process->name, kind));
    }
    add(environment, name, "%s", hosts);
}

static void
add_peers(struct test_system *system, struct environment *environment, const char *prefix, const char *kind)
{
    for (int i = 0; i < SERVICES; i++)
        add_peer(system, environment, prefix, system->process[i].name, kind);
}

static void
add_service(struct test_system *system, struct environment *environment, const struct process *process)
{
    add(environment, "DSN", "%s", process->dsn);
    add(environment, "RPC_BIND", "tcp://127.0.0.1:%d", test_system_port(system, process->name, "rpc"));
    add(environment, "BELL_BIND", "tcp://127.0.0.1:%d", test_system_port(system, process->name, "bell"));
    if (!process->deaf)
        add_peers(system, environment, "BELL", "bell");
    add(environment, "ACTOR_PUBLIC_FILE", "%s/actor.public", system->keys);
    add(environment, "CURSOR_KEY_FILE", "%s/cursor.keys", system->keys);
    if (strcmp(process->program, "organizations") == 0) {
        add(environment, "ACTOR_SECRET_FILE", "%s/actor.secret", system->keys);
        add(environment, "IDENTITY_KEY_FILE", "%s/identity.keys", system->keys);
        add(environment, "IDENTITY_INDEX_FILE", "%s/identity.index", system->keys);
        add(environment, "BOOTSTRAP_TOKEN_FILE", "%s", system->token_file);
    }
    if (strcmp(process->program, "transfers") == 0)
        add(environment, "LETTER_KEY_FILE", "%s/letter.keys", system->keys);
}

static void
add_gateway(struct test_system *system, struct environment *environment, const struct process *process)
{
    add(environment, "HTTP_BIND", "127.0.0.1:%d", test_system_port(system, process->name, "rpc"));
    if (!process->deaf)
        add_peer(system, environment, "BELL", "notifications", "bell");
}

static struct environment
environment_of(struct test_system *system, const struct process *process)
{
    struct environment environment = { .n = 0 };

    add(&environment, "ADMIN_BIND", "127.0.0.1:%d", test_system_port(system, process->name, "admin"));
    add(&environment, "CURVE_SECRET_FILE", "%s/%s.curve.secret", system->keys, process->program);
    add(&environment, "CURVE_PEERS_FILE", "%s/peers", system->keys);
    add(&environment, "LOG_LEVEL", "%s", getenv("LIANGXIN_TEST_VERBOSE") ? "debug" : "error");
    add_peers(system, &environment, "PEER", "rpc");
    if (process->dsn)
        add_service(system, &environment, process);
    else
        add_gateway(system, &environment, process);
    for (int i = 0; i < EXTRA && process->extra_name[i]; i++)
        add(&environment, process->extra_name[i] + strlen("LIANGXIN_"), "%s", process->extra_value[i]);
    return environment;
}

static pid_t
spawn(struct test_system *system, const struct process *process, char *word)
{
    struct environment environment = environment_of(system, process);
    char path[512];
    char *argv[] = { path, word, NULL };
    pid_t parent = getpid();
    pid_t pid;

    snprintf(path, sizeof path, "%s/liangxin-%s", system->bin, process->program);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(127);
        execve(path, argv, environment.entry);
        _exit(127);
    }
    for (int i = 0; i < environment.n; i++)
        free(environment.entry[i]);
    return pid;
}

static void
await_ready(struct test_system *system, struct process *process)
{
    char url[128];

    snprintf(url, sizeof url, "http://127.0.0.1:%d/ready", test_system_port(system, process->name, "admin"));
    for (int waited = 0; waited < READY_MS; waited += TICK_MS) {
        if (test_http_status(url) == 200)
            return;
        if (waitpid(process->pid, NULL, WNOHANG) == process->pid)
            fail_msg("%s ended at start", process->name);
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("%s is not ready", process->name);
}

void
test_system_launch(struct test_system *system, const char *name)
{
    struct process *process = find(system, name);

    assert_int_equal(process->pid, 0);
    process->pid = spawn(system, process, NULL);
}

void
test_system_await(struct test_system *system, const char *name)
{
    await_ready(system, find(system, name));
}

void
test_system_start(struct test_system *system, const char *name)
{
    test_system_launch(system, name);
    test_system_await(system, name);
}

bool
test_system_ended(struct test_system *system, const char *name)
{
    struct process *process = find(system, name);

    if (!process->pid || waitpid(process->pid, NULL, WNOHANG) != process->pid)
        return false;
    process->pid = 0;
    return true;
}

void
test_system_start_all(struct test_system *system)
{
    for (int i = 0; i < PROCESSES && system->process[i].name; i++)
        if (!system->process[i].pid && !system->process[i].hidden)
            system->process[i].pid = spawn(system, &system->process[i], NULL);
    for (int i = 0; i < PROCESSES && system->process[i].name; i++)
        if (!system->process[i].hidden)
            await_ready(system, &system->process[i]);
}

void
test_system_kill(struct test_system *system, const char *name)
{
    struct process *process = find(system, name);

    assert_true(process->pid > 0);
    kill(process->pid, SIGKILL);
    waitpid(process->pid, NULL, 0);
    process->pid = 0;
}

int
test_system_stop(struct test_system *system, const char *name)
{
    struct process *process = find(system, name);
    int status = 0;

    assert_true(process->pid > 0);
    kill(process->pid, SIGTERM);
    for (int waited = 0; waited < STOP_MS; waited += TICK_MS) {
        if (waitpid(process->pid, &status, WNOHANG) == process->pid) {
            process->pid = 0;
            return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        }
        poll(NULL, 0, TICK_MS);
    }
    test_system_kill(system, name);
    fail_msg("%s does not stop", name);
    return -1;
}

void
test_system_stop_all(struct test_system *system)
{
    for (int i = PROCESSES - 1; i >= 0; i--)
        if (system->process[i].pid)
            assert_int_equal(test_system_stop(system, system->process[i].name), 0);
}

int
test_system_pid(struct test_system *system, const char *name)
{
    return find(system, name)->pid;
}

void
test_system_free(struct test_system *system)
{
    for (int i = 0; i < PROCESSES; i++)
        if (system->process[i].pid)
            kill(system->process[i].pid, SIGKILL);
    for (int i = 0; i < PROCESSES; i++)
        if (system->process[i].pid)
            waitpid(system->process[i].pid, NULL, 0);
    unlink(system->token_file);
    free(system);
}

const char *
test_system_bootstrap(struct test_system *system)
{
    char word[] = "--bootstrap";
    pid_t pid = spawn(system, find(system, "organizations"), word);
    int status = 0;
    FILE *file;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    file = fopen(system->token_file, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%255s", system->token), 1);
    fclose(file);
    return system->token;
}

double
test_system_metric(struct test_system *system, const char *process, const char *series)
{
    char url[128];
    struct test_reply reply;
    double value = 0;

    snprintf(url, sizeof url, "http://127.0.0.1:%d/metrics", test_system_port(system, process, "admin"));
    reply = test_http_get(url, NULL);
    for (const char *line = reply.body; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL)
        if (strncmp(line, series, strlen(series)) == 0 && line[strlen(series)] == ' ')
            value = strtod(line + strlen(series), NULL);
    test_reply_done(&reply);
    return value;
}
