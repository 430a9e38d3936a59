/* SPDX-License-Identifier: Apache-2.0 */
/* Databases for tests. The test's thread. */
#include "support/pg.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "support/cmocka_all.h"

#define DSNS     16
#define AWAIT_MS 10000
#define TICK_MS  20

struct test_pg {
    char name[64];
    char socket[256];
    char port[16];
    char *dsn[DSNS]; /* handed out, freed at the end */
    int n_dsn;
    PGconn *conn; /* superuser, in the database */
};

static const char *
required(const char *name)
{
    const char *value = getenv(name);

    if (!value)
        fail_msg("%s is not set: run this test by ops/test", name);
    return value;
}

static PGconn *
connect_to(const char *socket, const char *port, const char *database)
{
    const char *const names[] = { "host", "port", "dbname", "user", NULL };
    const char *const values[] = { socket, port, database, "postgres", NULL };
    PGconn *conn = PQconnectdbParams(names, values, 0);

    if (PQstatus(conn) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(conn));
    return conn;
}

static PGresult *
run(PGconn *conn, const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(conn));
    return result;
}

static void
administer(const struct test_pg *pg, const char *before, const char *after)
{
    PGconn *conn = connect_to(pg->socket, pg->port, "postgres");
    char sql[256];

    snprintf(sql, sizeof sql, "%s %s %s", before, pg->name, after);
    PQclear(run(conn, sql));
    PQfinish(conn);
}

static struct test_pg *
make_database(const char *pattern)
{
    static int made;
    struct test_pg *pg = calloc(1, sizeof *pg);
    char after[128];

    assert_non_null(pg);
    snprintf(pg->socket, sizeof pg->socket, "%s", required("LIANGXIN_TEST_PG"));
    snprintf(pg->port, sizeof pg->port, "%s", required("LIANGXIN_TEST_PGPORT"));
    snprintf(pg->name, sizeof pg->name, "test_%d_%d", (int)getpid(), ++made);
    snprintf(after, sizeof after, "template %s", pattern);
    administer(pg, "create database", after);
    pg->conn = connect_to(pg->socket, pg->port, pg->name);
    return pg;
}

struct test_pg *
test_pg_open(void)
{
    return make_database("liangxin");
}

struct test_pg *
test_pg_copy(struct test_pg *pg)
{
    struct test_pg *copy;

    PQfinish(pg->conn);
    copy = make_database(pg->name);
    pg->conn = connect_to(pg->socket, pg->port, pg->name);
    return copy;
}

void
test_pg_close(struct test_pg *pg)
{
    if (!pg)
        return;
    PQfinish(pg->conn);
    administer(pg, "drop database", "with (force)");
    for (int i = 0; i < pg->n_dsn; i++)
        free(pg->dsn[i]);
    free(pg);
}

static const char *
keep(struct test_pg *pg, const char *dsn)
{
    assert_true(pg->n_dsn < DSNS);
    pg->dsn[pg->n_dsn] = strdup(dsn);
    return pg->dsn[pg->n_dsn++];
}

const char *
test_pg_dsn(struct test_pg *pg, const char *role)
{
    char dsn[512];

    snprintf(dsn, sizeof dsn, "host='%s' port=%s dbname=%s user=%s", pg->socket, pg->port, pg->name, role);
    return keep(pg, dsn);
}

const char *
test_pg_dsn_by(struct test_pg *pg, const char *role, int port)
{
    char dsn[512];

    snprintf(dsn, sizeof dsn, "host=127.0.0.1 port=%d dbname=%s user=%s sslmode=disable gssencmode=disable", port,
             pg->name, role);
    return keep(pg, dsn);
}

const char *
test_pg_socket(struct test_pg *pg)
{
    char path[512];

    snprintf(path, sizeof path, "%s/.s.PGSQL.%s", pg->socket, pg->port);
    return keep(pg, path);
}

static PGresult *
run_in(struct test_pg *pg, const char *schema, const char *sql)
{
    char path[128];

    snprintf(path, sizeof path, "set search_path to %s, public", schema);
    PQclear(run(pg->conn, path));
    return run(pg->conn, sql);
}

void
test_pg_run(struct test_pg *pg, const char *schema, const char *sql)
{
    PQclear(run_in(pg, schema, sql));
}

char *
test_pg_text(struct test_pg *pg, const char *schema, const char *sql)
{
    PGresult *result = run_in(pg, schema, sql);
    char *text;

    if (PQntuples(result) != 1 || PQnfields(result) != 1)
        fail_msg("%s: %d rows", sql, PQntuples(result));
    text = strdup(PQgetvalue(result, 0, 0));
    PQclear(result);
    return text;
}

int64_t
test_pg_number(struct test_pg *pg, const char *schema, const char *sql)
{
    char *text = test_pg_text(pg, schema, sql);
    int64_t number = strtoll(text, NULL, 10);

    free(text);
    return number;
}

void
test_pg_await(struct test_pg *pg, const char *schema, const char *sql, int64_t value)
{
    int64_t number = 0;

    for (int waited = 0; waited < AWAIT_MS; waited += TICK_MS) {
        number = test_pg_number(pg, schema, sql);
        if (number == value)
            return;
        poll(NULL, 0, TICK_MS);
    }
    fail_msg("%s: %lld instead of %lld", sql, (long long)number, (long long)value);
}
