/* SPDX-License-Identifier: Apache-2.0 */
/* The fleet. The main thread. */
#include "fleet.h"

#include <libpq-fe.h>
#include <string.h>

#include "support/cmocka_all.h"

#define LATER "259200" /* three days: after the one that letters are valid, before stored answers are forgotten */

const struct fleet_row fleet_rows[FLEET_LISTED] = {
    { "organizations", "organizations", true },
    { "transfers", "transfers", true },
    { "dues", "dues", false },
    { "training", "training", false },
    { "notifications", "notifications", false },
    { "organizations2", "organizations", true },
    { "transfers2", "transfers", true },
    { "dues2", "dues", false },
    { "training2", "training", false },
    { "notifications2", "notifications", false },
    { "gateway", "gateway", false },
    { "gateway2", "gateway", false },
};

static void
add_process(struct fleet *fleet, int i)
{
    const struct fleet_row *row = &fleet_rows[i];

    if (strcmp(row->name, row->program) != 0) /* the second ones hear no bells: nudges lost for good */
        test_system_add(fleet->system, row->name, row->program, INSTANCE_DEAF);
    if (!row->proxied)
        return;
    fleet->proxy[i] = proxy_open(test_pg_socket(fleet->pg));
    test_system_dsn(fleet->system, row->name, test_pg_dsn_by(fleet->pg, row->program, proxy_port(fleet->proxy[i])));
}

void
fleet_open(struct fleet *fleet)
{
    *fleet = (struct fleet){ .pg = test_pg_open() };
    fleet->admin = test_pg_dsn(fleet->pg, "postgres");
    fleet_sql(fleet, "update transfers.system_kind set test = true");
    fleet->system = test_system_new(fleet->pg);
    for (int i = 0; i < FLEET_LISTED; i++)
        add_process(fleet, i);
    test_system_add(fleet->system, FLEET_CLOCK, "transfers", INSTANCE_HIDDEN);
    test_system_set(fleet->system, FLEET_CLOCK, "LIANGXIN_CLOCK", LATER);
}

void
fleet_close(struct fleet *fleet)
{
    test_system_free(fleet->system);
    for (int i = 0; i < FLEET_LISTED; i++)
        if (fleet->proxy[i])
            proxy_close(fleet->proxy[i]);
    test_pg_close(fleet->pg);
}

long long
fleet_sql(const struct fleet *fleet, const char *sql)
{
    PGconn *conn = PQconnectdb(fleet->admin);
    PGresult *result = PQexec(conn, sql);
    long long value = -1;

    if (PQresultStatus(result) == PGRES_TUPLES_OK && PQntuples(result) > 0)
        value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    PQfinish(conn);
    return value;
}
