/* SPDX-License-Identifier: Apache-2.0 */
/* The jobs thread: runs each job of the service's table when it is due or when somebody left work for it. */
#ifndef LIANGXIN_DAEMON_JOBS_H
#define LIANGXIN_DAEMON_JOBS_H

#include "daemon/daemon.h"

struct jobs;

struct jobs_setup {
    const struct job *jobs; /* ends with .name == NULL; NULL: none */
    struct bus *bus;
    const char *dsn;
    const char *process;
    const struct rpc_peer *peers;
    size_t n_peers;
    void *state;
    void (*committed)(void *context);
    void *committed_context;
};

/* Also runs the housekeeping of every service (housekeeping.h). */
struct jobs *jobs_start(const struct jobs_setup *setup);
/* Ends after the step in hand. Accepts NULL. */
void jobs_stop(struct jobs *jobs);
void jobs_metrics(void);

#endif
