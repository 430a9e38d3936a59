/* SPDX-License-Identifier: Apache-2.0 */
/* A service process from start to end: settings -> log -> keys -> bus (self-tested) -> server, sequencer, followers,
 * jobs
 * -> signals -> drain. A service is four tables (methods, subscriptions, jobs, settings) and its domain; main.c fills
 * struct service and calls daemon_run. */
#ifndef LIANGXIN_DAEMON_DAEMON_H
#define LIANGXIN_DAEMON_DAEMON_H

#include "events/follower.h"
#include "io/settings.h"
#include "rpc/server.h"

/* What a job sees; one step of work in a transaction of its own making. */
struct job_context {
    struct arena *arena;
    struct db *db;
    struct rpc_client *client; /* never inside the transaction */
    void *state;
    instant_t now;
    const char *process;
    /* To be called after a commit that wrote events. */
    void (*committed)(void *context);
    void *committed_context;
};

/* A job: `step` does a bounded piece (claims with SKIP LOCKED what it works on) and tells whether there is more to do
 * at once. It runs on the jobs thread, again after `every_ms` when it said there is no more, or when job_wake was
 * called. */
struct job {
    const char *name;
    int64_t every_ms;
    status_t (*step)(struct job_context *job, bool *ret_more);
};

/* Whom this service calls or follows: its hosts setting is LIANGXIN_PEER_<SERVICE>. */
struct service {
    const char *name;                         /* "transfers"; schema, database role, CURVE name */
    const struct rpc_endpoint *methods;       /* ends with .method == NULL */
    const struct subscription *subscriptions; /* ends with .source == NULL; or NULL */
    const struct job *jobs;                   /* ends with .name == NULL; or NULL */
    const struct setting *settings;           /* the service's own rows, or NULL */
    size_t n_settings;
    void *settings_values;
    /* Makes the service's immutable state from its settings (keys parsed, tables loaded). Or NULL. */
    status_t (*open)(struct arena *arena, void *settings_values, void **ret_state);
    /* Handles `--<word>` of the service itself (organizations: --bootstrap) after settings are read; NULL: none.
     * Returns false when it does not know the word. */
    bool (*command)(const char *word, struct arena *arena, const char *dsn, void *state, status_t *ret_status);
};

/* Wakes the jobs thread: a handler has left work for it. Any thread. */
void job_wake(void);

/* Never returns to service code with threads running. Exit status of main. Words: --print-config, --check-config,
 * --help-config, --help-metrics, --print-sql, --version, --verify-audit. */
int daemon_run(const struct service *service, int argc, char **argv);

/* Statements for --print-sql and the test that prepares every one: each service defines this list. Ends with NULL. */
extern const struct db_statement *const service_statements[];

#endif
