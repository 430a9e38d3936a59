/* SPDX-License-Identifier: Apache-2.0 */
/* Every list that can be long and every total, at city size: each statement as its service prepares it, in a generated
 * city (tests/city/city.sql), for whoever asks, once with the plan for all arguments (generic) and once with that for
 * these (custom): the server may come to keep either. ours and p95 are the slower plan's. Limits are for the whole city
 * on the reference machine.
 *
 * LIANGXIN_BENCH_CITY: the city's share of the design size, 1 (2,000,000 members, about 8 GB and ten minutes) unless it
 * says otherwise. LIANGXIN_BENCH_CITY_DATABASE: a city of that share that is there already. LIANGXIN_BENCH_CITY_ONLY:
 * one statement. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "base/check.h"
#include "bench.h"
#include "io/clock.h"
#include "sql_text.h"
#include "support/pg.h"

#define RUNS     11
#define NEVER    "'ffffffff-ffff-ffff-ffff-ffffffffffff'"
#define TODAY    "'2026-11-21'"
#define LONG_AGO "'2026-08-23'"
#define TURN_RULES                                                                                                     \
    "'{issued,received,file_check,refused_in,submitted,accepted}',"                                                    \
    "'{receiving_committee,receiving_committee,receiving_committee,sending_committee,sending_branch,receiving_branch}" \
    "',"                                                                                                               \
    "'{NULL,NULL,NULL,NULL,NULL,NULL}','{NULL,NULL,NULL,NULL,NULL,NULL}'"
#define ENDED_RULES "'{closed}','{NULL}','{NULL}','{NULL}'"
#define MONTH       "'2026-10-01 00:00+08','2026-11-01 00:00+08'"
#define WORK                                                                                                           \
    "'00000000-0000-7005-8000-000000000000','{import,post,post_review,terms}','waiting'," TODAY                        \
    ",'2026-11-28','committee_clerk'," LONG_AGO ",'2026-12-21'"
#define LAST_YEAR "'2025-12-31'"

/* Who asks, as numbers of city.sql. The last district's codes come behind all others'. */
enum rank { CITY, DISTRICT, STREET, COMMITTEE, BRANCH, RANKS };

#define PAGES                                                                                                          \
    {                                                                                                                  \
        300, 300, 300, 300, 100                                                                                        \
    }
#define EXPORTS                                                                                                        \
    {                                                                                                                  \
        1000, 1000, 1000, 500, 100                                                                                     \
    }

static const struct probe {
    const char *service;
    const char *statement;
    const char *arguments;  /* ~: the id of whoever asks; @: the district's part of a code */
    double limit_ms[RANKS]; /* 0: not asked */
} probes[] = {
    { "organizations", "member_list", "~,~,null,51", PAGES },
    { "organizations", "member_list", "~,~,'00000000-0000-7003-8000-0000000003e8',51", PAGES },
    { "organizations", "organization_list", "~,~,null,51", PAGES },
    { "organizations", "organization_list", "~,~,'CITY@00060000',51", PAGES },
    { "organizations", "organization_below", "~,~,null,51", { 300, 300, 300, 300, 0 } },
    { "organizations", "organization_terms", "~,~,null,51,null," TODAY, { 300, 300, 300, 300, 0 } },
    { "organizations", "organization_terms", "~,~,'CITY@00060000',51,null," TODAY, { 300, 300, 300, 300, 0 } },
    { "organizations", "unit_list", "~,~,null,51", PAGES },
    { "organizations", "unit_list", "~,~,'91@00000000100000',51", PAGES },
    { "organizations", "unit_below", "~,~,null,51", PAGES },
    { "organizations", "person_list", "~,null,null,51,null", PAGES },
    { "organizations", "person_list", "~,null,'00000000-0000-7009-8000-0000000003e8',51,'activist'", PAGES },
    { "organizations", "account_list", "~,null,'',50," TODAY, PAGES },
    { "organizations", "account_list", "~,'clerk60000','',50," TODAY, PAGES },
    { "organizations", "review_list", "~," TODAY ",null,50," LONG_AGO ",true", PAGES },
    { "organizations", "review_list", "~," TODAY ",'00000000-0000-7006-8000-00000000ea60',50," LONG_AGO ",false",
      PAGES },
    { "organizations", "open_work_list", "~," WORK ",null,51", PAGES },
    { "organizations", "open_work_count", "~," WORK ",1000", PAGES },
    { "organizations", "directory_list", TODAY ",'00999',null,51", { 300, 0, 0, 0, 0 } },
    { "organizations", "figures_by_line_now", "~,~," TODAY, { 1500, 300, 300, 300, 100 } },
    { "organizations", "figures_by_line", "~,~," LAST_YEAR, { 5000, 1000, 500, 300, 100 } },
    { "organizations", "figures_by_territory_now", "~,'320001'," TODAY, { 300, 0, 0, 0, 0 } },
    { "organizations", "figures_by_territory", "~,'320001'," LAST_YEAR, { 1000, 0, 0, 0, 0 } },
    { "organizations", "member_table", "~,~,'2026-10-01','2026-10-31'", { 5000, 1000, 500, 300, 100 } },
    { "organizations", "export_members", "~,null,null,null,2000", EXPORTS },
    { "organizations", "export_members", "~,null,null,'00000000-0000-7004-8000-0000000f4240',2000", EXPORTS },
    { "organizations", "export_organizations", "~,null,null,null,null,null,2000", EXPORTS },
    { "organizations", "export_organizations", "~,null,null,null,null,'CITY@00060000',2000", EXPORTS },
    { "organizations", "export_units", "~,null,null,null,null,2000", EXPORTS },
    { "organizations", "export_units", "~,null,null,null,'91@00000000100000',2000", EXPORTS },
    { "transfers", "letter_list", "~,null," NEVER ",51", PAGES },
    { "transfers", "letter_list", "~,null,'00000000-0000-7007-8000-000000061a80',51", PAGES },
    { "transfers", "letter_list_state", "~,null," NEVER ",51,'issued'", PAGES },
    { "transfers", "work_turn", "~,null," NEVER ",51," TURN_RULES, PAGES },
    { "transfers", "work_turn_count", "~,null," NEVER ",1000," TURN_RULES, PAGES },
    { "transfers", "work_elsewhere_count", "~,null," NEVER ",1000," TURN_RULES, PAGES },
    { "transfers", "work_ended", "~,null," NEVER ",51," ENDED_RULES, PAGES },
    { "transfers", "work_ended_count", "~,null," NEVER ",1000," ENDED_RULES, PAGES },
    { "transfers", "move_list", "~," NEVER ",null,51", PAGES },
    { "transfers", "statistics_flow", "~,~," MONTH, { 2000, 1000, 500, 500, 100 } },
    { "transfers", "statistics_steps", "~,~," MONTH, { 2000, 1000, 500, 500, 100 } },
    { "notifications", "message_list", "~,null,null,null,51", PAGES },
    { "notifications", "message_list", "~,null,'2025-06-01'," NEVER ",51", PAGES },
    { "notifications", "message_list_unread", "~,null,null,null,51", PAGES },
    { "notifications", "message_list_noted", "~,null,null,null,51", PAGES },
    { "notifications", "message_count", "~,null,1000", PAGES },
    { "notifications", "message_count_unread", "~,null,1000", PAGES },
    { "notifications", "message_count_to_note", "~,null,1000", PAGES },
};

struct city {
    struct test_pg *pg;
    const char *kept; /* name of a database that is there already; NULL: made here */
    long asks[RANKS]; /* an organization of each rank, of the last district */
    long districts;
};

static long
sized(double share, long whole, long least)
{
    long size = (long)(share * (double)whole);

    return size > least ? size : least;
}

static void
found(const struct city *city, double share)
{
    const char *root = getenv("LIANGXIN_TEST_ROOT");
    char command[2048];

    CHECK(root != NULL);
    snprintf(command, sizeof command,
             "psql -X -q -f '%s/tests/city/city.sql' -v districts=%ld -v streets=%ld -v organizations=%ld -v units=%ld"
             " -v members=%ld -v letters=%ld -v parks=%ld -v buildings=%ld \"%s\" >&2",
             root, city->districts, sized(share, 300, 10), sized(share, 120000, 1200), sized(share, 200000, 2000),
             sized(share, 2000000, 20000), sized(share, 900000, 9000), sized(share, 4800, 48), sized(share, 32000, 320),
             test_pg_dsn(city->pg, "postgres"));
    CHECK(system(command) == 0);
}

/* Numbers go round: the last of each rank but the branches is the last district's. */
static void
meet(struct city *city, double share)
{
    long streets = sized(share, 300, 10);

    city->districts = sized(share, 30, 3);
    city->asks[CITY] = 0;
    city->asks[DISTRICT] = city->districts;
    city->asks[STREET] = city->districts + city->districts;
    city->asks[COMMITTEE] = city->districts + streets + city->districts;
    city->asks[BRANCH] = city->districts + 11 * streets + city->districts;
}

static void
must(PGresult *result, const char *what)
{
    ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fprintf(stderr, "%s: %s", what, PQresultErrorMessage(result));
        exit(1);
    }
    PQclear(result);
}

static void
prepare(PGconn *conn, const struct probe *probe, const char *mode)
{
    static const char *const as_they_are[] = {
        "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", NULL
    };
    char setting[64];
    char *sql = NULL;
    size_t size = 0;
    FILE *text = open_memstream(&sql, &size);

    CHECK(text != NULL);
    sql_text_write(text, probe->service, probe->statement, as_they_are);
    fclose(text);
    snprintf(setting, sizeof setting, "set plan_cache_mode = %s", mode);
    must(PQexec(conn, setting), setting);
    must(PQexec(conn, "deallocate all"), "deallocate");
    must(PQprepare(conn, "probe", sql, 0, NULL), probe->statement);
    free(sql);
}

static void
write_call(char *ret_sql, size_t room, const char *arguments, const struct city *city, enum rank rank)
{
    size_t used = (size_t)snprintf(ret_sql, room, "execute probe(");

    for (; *arguments; arguments++)
        if (*arguments == '~')
            used += (size_t)snprintf(ret_sql + used, room - used, "'00000000-0000-7001-8000-%012lx'", city->asks[rank]);
        else if (*arguments == '@')
            used += (size_t)snprintf(ret_sql + used, room - used, "%02ld",
                                     rank == CITY ? city->districts / 2 : city->districts);
        else
            used += (size_t)snprintf(ret_sql + used, room - used, "%c", *arguments);
    snprintf(ret_sql + used, room - used, ")");
}

/* A run that takes longer than the session's limit of 20 s is told and counted as that. */
static double
time_of(PGconn *conn, const char *call, double *ret_p95)
{
    double took[RUNS];
    int runs = 0;

    while (runs < RUNS && (runs < 3 || took[0] < 5000)) {
        int64_t from_us = clock_us();
        PGresult *result = PQexec(conn, call);

        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            fprintf(stderr, "%s: %s", call, PQresultErrorMessage(result));
        PQclear(result);
        took[runs++] = (double)(clock_us() - from_us) / 1000;
    }
    bench_sort(took, (size_t)runs);
    *ret_p95 = took[runs - 1 - runs / 20];
    return took[runs / 2];
}

static void
tell(const struct probe *probe, enum rank rank, const char *plan, double ours, double p95)
{
    static const char *const names[] = { "city", "district", "street", "committee", "branch" };

    printf("{\"bench\":\"city\",\"statement\":\"%s\",\"page\":\"%s\",\"asks\":\"%s\",\"plan\":\"%s\","
           "\"ours\":%.1f,\"p95\":%.1f,\"limit\":%.0f,\"unit\":\"ms\",\"kept\":%s}\n",
           probe->statement, strstr(probe->arguments, ",null,5") ? "first" : "any", names[rank], plan, ours, p95,
           probe->limit_ms[rank], ours <= probe->limit_ms[rank] ? "true" : "false");
    fflush(stdout);
}

static void
probe_rank(PGconn *conn, const struct city *city, const struct probe *probe, enum rank rank)
{
    static const char *const modes[] = { "force_generic_plan", "force_custom_plan" };
    double ours[2];
    double p95[2];
    char call[2048];
    int slower;

    write_call(call, sizeof call, probe->arguments, city, rank);
    for (int i = 0; i < 2; i++) {
        prepare(conn, probe, modes[i]);
        ours[i] = time_of(conn, call, &p95[i]);
    }
    slower = ours[1] > ours[0];
    tell(probe, rank, slower ? "custom" : "generic", ours[slower], p95[slower]);
}

static void
probe_all(const struct city *city, const struct probe *probe)
{
    const char *const names[] = { "host", "port", "dbname", "user", "options", NULL };
    const char *const values[] = { getenv("LIANGXIN_TEST_PG"),
                                   getenv("LIANGXIN_TEST_PGPORT"),
                                   city->kept,
                                   probe->service,
                                   "-c jit=off -c statement_timeout=20000",
                                   NULL };
    PGconn *conn =
        city->kept ? PQconnectdbParams(names, values, 0) : PQconnectdb(test_pg_dsn(city->pg, probe->service));

    CHECK(PQstatus(conn) == CONNECTION_OK);
    must(PQexec(conn, "set jit = off; set statement_timeout = 20000"), "set");
    for (int rank = 0; rank < RANKS; rank++)
        if (probe->limit_ms[rank] > 0)
            probe_rank(conn, city, probe, (enum rank)rank);
    PQfinish(conn);
}

int
main(void)
{
    const char *text = getenv("LIANGXIN_BENCH_CITY");
    const char *only = getenv("LIANGXIN_BENCH_CITY_ONLY");
    double share = text ? strtod(text, NULL) : 1;
    struct city city = { .kept = getenv("LIANGXIN_BENCH_CITY_DATABASE") };

    meet(&city, share);
    if (!city.kept) {
        city.pg = test_pg_open();
        found(&city, share);
    }
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        if (!only || strcmp(only, probes[i].statement) == 0)
            probe_all(&city, &probes[i]);
    test_pg_close(city.pg);
    return 0;
}
