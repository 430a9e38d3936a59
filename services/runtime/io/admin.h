/* SPDX-License-Identifier: Apache-2.0 */
/* The operator's port: GET /live, /ready, /started (plain words) and /metrics (Prometheus text), answered by a thread
 * of its own so that a busy process still tells. Binds to what it is given; meant for loopback or a private net. */
#ifndef LIANGXIN_IO_ADMIN_H
#define LIANGXIN_IO_ADMIN_H

#include <stdatomic.h>
#include <stdbool.h>

#include "base/status.h"
#include "base/strbuf.h"

struct admin;

struct admin_health {
    /* False with the reason in `why` while requests should go elsewhere. Called on the admin thread. */
    bool (*ready)(void *context, struct strbuf *why);
    void *context;
    atomic_bool started; /* set by the owner once start-up is over */
};

/* Starts the thread on "host:port". `health` must outlive it. */
status_t admin_open(struct arena *arena, const char *bind, struct admin_health *health, struct admin **ret_admin);
/* Stops the thread. Accepts NULL. */
void admin_close(struct admin *admin);

#endif
