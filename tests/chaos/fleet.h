/* SPDX-License-Identifier: Apache-2.0 */
/* The processes of a run: two of each program and their ways to the database. The main thread owns them. */
#ifndef LIANGXIN_CHAOS_FLEET_H
#define LIANGXIN_CHAOS_FLEET_H

#include "support/proxy.h"
#include "support/system.h"

#define FLEET_LISTED 12
#define FLEET_CLOCK  "tomorrow" /* transfers with a shifted clock: its jobs alone count */

struct fleet_row {
    const char *name;
    const char *program;
    bool proxied;
};

/* The listed processes; the last two are the gateways. */
extern const struct fleet_row fleet_rows[FLEET_LISTED];

struct fleet {
    struct test_pg *pg;
    struct test_system *system;
    struct proxy *proxy[FLEET_LISTED]; /* NULL: straight to the database */
    const char *admin;                 /* superuser's connection string */
};

/* Makes the database and prepares the processes; nothing runs yet. */
void fleet_open(struct fleet *fleet);
void fleet_close(struct fleet *fleet);
/* Runs SQL as the superuser on a connection of its own; the first value, or -1 when there is none. */
long long fleet_sql(const struct fleet *fleet, const char *sql);

#endif
