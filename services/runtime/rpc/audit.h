/* SPDX-License-Identifier: Apache-2.0 */
/* One row for each change and each reveal, in its transaction (migrations/shared/001_runtime.sql: audit). The worker
 * refuses to commit a command that has none. */
#ifndef LIANGXIN_RPC_AUDIT_H
#define LIANGXIN_RPC_AUDIT_H

#include "io/db.h"
#include "rpc/call.h"

struct audit_entry {
    const char *object; /* kind of thing, "letter" */
    const struct id *id;
    struct slice before; /* the row before in any stable form, hashed here; no data: there was none */
    struct slice after;
    const char *reason; /* of a reveal; or NULL */
};

/* Adds the row to the transaction; all of a transaction travel as one statement. */
void audit_add(struct call *call, const struct audit_entry *entry);

/* The same for work that no call asked for (imports, followers, jobs): `action` names it. */
struct audit_work {
    struct db *db;
    struct arena *arena;
    const struct actor *actor; /* on whose behalf; NULL: nobody's */
    const char *process;
    const char *action;
    struct id request;
    instant_t now;
};

void audit_add_work(const struct audit_work *work, const struct audit_entry *entry);

#endif
