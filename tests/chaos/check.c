/* SPDX-License-Identifier: Apache-2.0 */
/* usage: chaos_check DSN RECORD SECONDS SEED
 *
 * The offline checker: reads what the recorder wrote and the database, never a service. Its last line is the verdict.
 * Then it damages the data in every way it knows, each in a transaction that is rolled back, and says so when a damage
 * goes unnoticed. Exit status: 0 all laws hold, 1 not, 2 the run was too quiet to prove anything. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "laws.h"

#define WHOLE_RUN      600 /* seconds that the thresholds are for; a shorter run has its part of them */
#define LETTERS_LEAST  3000
#define HITS_LEAST     10
#define UNKNOWNS_LEAST 50
#define EXAMPLES       5

static PGconn *conn;

static PGresult *
run(const char *sql)
{
    PGresult *result = PQexec(conn, sql);
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) {
        fprintf(stdout, "chaos_check: %s: %s\n", sql, PQerrorMessage(conn));
        exit(1);
    }
    return result;
}

static long long
number(const char *sql)
{
    PGresult *result = run(sql);
    long long value = PQntuples(result) ? strtoll(PQgetvalue(result, 0, 0), NULL, 10) : 0;

    PQclear(result);
    return value;
}

/* --- the record -----------------------------------------------------------------------------------------------------
 */

static const char tables[] =
    "create temp table ask as select (j->>'n')::int as n, (j->>'t')::bigint as t, (j->>'p')::int as p, j->>'op' as op,"
    " j->>'key' as key, j->>'kind' as kind, nullif(j->>'letter', '')::uuid as letter,"
    " nullif(j->>'member', '')::uuid as member, (j->>'version')::bigint as version from line where j->>'k' = 'ask';"
    "create temp table answer as select (j->>'n')::int as n, (j->>'t')::bigint as t, (j->>'status')::int as status,"
    " nullif(j->>'letter', '')::uuid as letter, j->>'state' as state, (j->>'version')::bigint as version,"
    " j->>'number' as number, j->>'code' as code, (j->>'replayed')::bool as replayed from line where j->>'k' = "
    "'answer';"
    "create temp table fault as select (j->>'f')::int as f, (j->>'t')::bigint as t, j->>'kind' as kind,"
    " j->>'what' as what, (j->>'caught')::bool as caught from line where j->>'k' = 'fault';"
    "create temp table died as select j->>'what' as what from line where j->>'k' = 'died';"
    "create index on ask (n); create index on ask (t); create index on answer (n); create index on ask (key);"
    /* a fault hits when it caught a COMMIT, or when a command was under way */
    "create temp table hit as select f.f, f.kind, f.caught and exists (select from ask q left join answer a using (n)"
    " where q.t < f.t and q.t > f.t - 20000000000 and coalesce(a.t, f.t + 1) > f.t) as under_way from fault f;"
    "analyze";

static void
load(const char *path)
{
    FILE *record = fopen(path, "re");
    char chunk[65536];
    size_t n;

    if (!record) {
        perror(path);
        exit(1);
    }
    PQclear(run("create temp table line (j jsonb)"));
    PQclear(run("copy line from stdin with (format csv, quote e'\\x01', delimiter e'\\x02')"));
    while ((n = fread(chunk, 1, sizeof chunk, record)) > 0)
        PQputCopyData(conn, chunk, (int)n);
    PQputCopyEnd(conn, NULL);
    PQclear(PQgetResult(conn));
    while (PQgetResult(conn))
        ;
    fclose(record);
    PQclear(run(tables));
}

/* --- the laws -------------------------------------------------------------------------------------------------------
 */

static void
show(const struct law *law, PGresult *breaches)
{
    printf("broken: %s: %d\n", law->name, PQntuples(breaches));
    for (int i = 0; i < PQntuples(breaches) && i < EXAMPLES; i++)
        printf("  %s\n", PQgetvalue(breaches, i, 0));
}

/* Breaches by kind; true when there is none. */
static int
judge(long long ret_breaches[3])
{
    memset(ret_breaches, 0, 3 * sizeof *ret_breaches);
    for (const struct law *law = laws; law->name; law++) {
        PGresult *breaches = run(law->sql);

        ret_breaches[law->kind] += PQntuples(breaches);
        if (PQntuples(breaches) > 0)
            show(law, breaches);
        PQclear(breaches);
    }
    return ret_breaches[LAW_LOST] + ret_breaches[LAW_DOUBLED] + ret_breaches[LAW_VIOLATED] == 0;
}

static int
is_noticed(void)
{
    int noticed = 0;

    for (const struct law *law = laws; law->name && !noticed; law++) {
        PGresult *breaches = run(law->sql);

        noticed = PQntuples(breaches) > 0;
        PQclear(breaches);
    }
    return noticed;
}

static int
count_unnoticed(int *ret_damages)
{
    int unnoticed = 0;

    *ret_damages = 0;
    PQclear(run("set session_replication_role = replica")); /* damage knows no foreign keys */
    for (const struct damage *damage = damages; damage->name; damage++) {
        PQclear(run("begin"));
        PQclear(run(damage->sql));
        ++*ret_damages;
        if (!is_noticed()) {
            unnoticed++;
            printf("unnoticed: %s\n", damage->name);
        }
        PQclear(run("rollback"));
    }
    return unnoticed;
}

/* --- whether it says anything ---------------------------------------------------------------------------------------
 */

static long long
share(long long whole, int seconds)
{
    long long part = whole * seconds / WHOLE_RUN;

    return part > 0 ? part : 1;
}

static int
is_vacuous(int seconds, long long letters, long long unknown)
{
    long long hits = number("select coalesce(min(n), 0) from (select count(*) filter (where under_way) as n from hit"
                            " group by kind) x");
    long long kinds = number("select count(distinct kind) from hit");
    int vacuous = letters < share(LETTERS_LEAST, seconds) || unknown < share(UNKNOWNS_LEAST, seconds) ||
                  hits < share(HITS_LEAST, seconds) || kinds < 13;

    if (vacuous)
        printf("vacuous: %lld letters of %lld, %lld unknown answers of %lld, %lld hits of %lld by the rarest of %lld "
               "kinds of 13\n",
               letters, share(LETTERS_LEAST, seconds), unknown, share(UNKNOWNS_LEAST, seconds), hits,
               share(HITS_LEAST, seconds), kinds);
    return vacuous;
}

static void
show_hits(void)
{
    PGresult *rows =
        run("select kind, count(*), count(*) filter (where under_way) from hit group by kind order by kind");

    for (int i = 0; i < PQntuples(rows); i++)
        printf("%-30s %4s, %4s with a command under way\n", PQgetvalue(rows, i, 0), PQgetvalue(rows, i, 1),
               PQgetvalue(rows, i, 2));
    PQclear(rows);
}

static int
verdict(int seconds, const char *seed)
{
    long long letters = number("select count(*) from transfers.letter");
    long long unknown = number("select count(*) from ask left join answer using (n)"
                               " where coalesce(status, 0) = 0 or status >= 500");
    long long breaches[3];
    int holds = judge(breaches);
    int n_damages = 0;
    int unnoticed = holds ? count_unnoticed(&n_damages) : 0; /* broken data notice everything */
    int vacuous = is_vacuous(seconds, letters, unknown);

    show_hits();
    printf("{\"letters\":%lld,\"faults\":%lld,\"in_flight_faults\":%lld,\"unknown_answers\":%lld,\"acknowledged\":%lld,"
           "\"lost\":%lld,\"doubled\":%lld,\"violations\":%lld,\"replayed\":%lld,\"moves\":%lld,\"expired\":%lld,"
           "\"damages\":%d,\"unnoticed\":%d,\"vacuous\":%s,\"seconds\":%d,\"seed\":%s}\n",
           letters, number("select count(*) from fault"), number("select count(*) from hit where under_way"), unknown,
           number("select count(distinct key) from ask join answer using (n) where status in (200, 201)"),
           breaches[LAW_LOST], breaches[LAW_DOUBLED], breaches[LAW_VIOLATED],
           number("select count(*) from answer where replayed"),
           number("select count(*) from organizations.membership where letter_id is not null"),
           number("select count(*) from transfers.letter_history where event = 'expire'"), n_damages, unnoticed,
           vacuous ? "true" : "false", seconds, seed);
    if (!holds || unnoticed)
        return 1;
    return vacuous ? 2 : 0;
}

int
main(int argc, char **argv)
{
    int status;

    if (argc != 5) {
        fputs("usage: chaos_check DSN RECORD SECONDS SEED\n", stderr);
        return 64;
    }
    conn = PQconnectdb(argv[1]);
    if (PQstatus(conn) != CONNECTION_OK) {
        fputs(PQerrorMessage(conn), stdout);
        return 1;
    }
    load(argv[2]);
    status = verdict((int)strtol(argv[3], NULL, 10), argv[4]);
    PQfinish(conn);
    return status;
}
