/* SPDX-License-Identifier: Apache-2.0 */
/* Rows a second of a first load of members: 20,000 rows in 200 branches, as a clerk takes them in.
 *
 * Ours: the time from the call that makes the import to the end of its dry run, and from the call that commits it to
 * its end: the file parsed twice, every rule and every fact of every row checked in both, numbers sealed, and in the
 * commit audit, events and outcomes written beside the ledger. By the real processes of organizations and the gateway,
 * sequencer and sealer of the audit at work; nobody follows. Not counted: the upload of the file, and
 * the one that is given back after the dry run.
 *
 * The limit: the very rows that the import left in the ledger's tables (person, member, membership, floating_period),
 * their numbers sealed already, by COPY in one transaction into a copy of the same database as it was before, with the
 * same indexes, constraints and triggers. What an import writes besides (audit, feed, outcomes) is no part of it; the
 * second line adds it. Both sync their commits. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "bench.h"
#include "e2e/api.h"
#include "io/clock.h"
#include "support/people.h"

#define BRANCHES 200
#define ROWS     20000
#define FOLDER   "/tmp/liangxin-bench.XXXXXX"

struct world {
    struct test_pg *pg; /* the organizations, nobody in them; nobody is connected to it */
    struct test_system *system;
    struct api api;
    char *members; /* the file */
    size_t size;
    char folder[64]; /* the rows of the first import, a file for each table */
    bool kept;       /* they are there */
    bool whole;      /* COPY takes all tables, not only the ledger's */
};

/* In the order of their references. What the sequencer has moved is in the feed. */
static const struct {
    const char *table;
    const char *rows; /* that the import made */
    bool ledger;
} tables[] = {
    { "person", "select * from person where identity_index is not null", true },
    { "member", "select * from member", true },
    { "membership", "select * from membership", true },
    { "floating_period", "select * from floating_period", true },
    { "audit", "select * from audit where object = 'member'", false },
    { "feed", "select * from feed where aggregate = 'member'", false },
    { "import", "select * from import where ledger = 'members'", false },
    { "import_row", "select r.* from import_row r join import i on i.id = r.import_id where i.ledger = 'members'",
      false },
};

static void
make_file(struct world *world)
{
    FILE *out = open_memstream(&world->members, &world->size);

    CHECK(out != NULL);
    people_head(out);
    for (int i = 0; i < ROWS; i++) {
        char branch[16];

        snprintf(branch, sizeof branch, "B%d", i % BRANCHES);
        people_row(out, i, branch);
    }
    fclose(out);
}

static void
load_organizations(struct world *world)
{
    char *csv = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&csv, &size);

    CHECK(out != NULL);
    fputs("组织编码,组织名称,组织类型,上级组织编码,组建方式,区划代码,所在园区,成立日期,届满日期,书记姓名,联系电话,"
          "预备党员审批权\nC,某党委,党委,,区域建,320699,,,,,,\n",
          out);
    for (int i = 0; i < BRANCHES; i++)
        fprintf(out, "B%d,第%d党支部,党支部,C,单独组建,320699,,,,,,\n", i, i);
    fclose(out);
    api_load(&world->api, "regions", "code,name\n320699,示范区\n");
    api_load(&world->api, "organizations", csv);
    free(csv);
}

static void
start(struct test_system *system)
{
    test_system_start(system, "organizations");
    test_system_start(system, "gateway");
}

/* Until the import rests in this state; what it says of itself is checked. */
static double
await(struct api *api, const char *id, const char *state, int64_t from_us, long *ret_version)
{
    struct test_reply reply = api_await_import(api, id, state);
    double seconds = (double)(clock_us() - from_us) / 1e6;

    CHECK(test_reply_number(&reply, "created") == ROWS);
    *ret_version = test_reply_number(&reply, "version");
    test_reply_done(&reply);
    return seconds;
}

static double
take_in(struct world *world, struct test_pg *pg, struct api *api)
{
    char id[64];
    char path[128];
    struct test_reply reply;
    long version;
    int64_t from_us;
    double check;
    double commit;

    api_upload(api, "members", world->members, world->size, id);
    from_us = clock_us();
    check = await(api, id, "validated", from_us, &version);
    test_pg_await(pg, "organizations", "select count(*) from import where annotated_state = 'validated'", 1);
    snprintf(path, sizeof path, "/imports/%s/commit", id);
    from_us = clock_us();
    reply = api_post(api, api->city, path, version, "{}");
    CHECK(reply.status == 202);
    test_reply_done(&reply);
    commit = await(api, id, "succeeded", from_us, &version);
    fprintf(stderr, "import_rows: dry run %.2f s, commit %.2f s\n", check, commit);
    return check + commit;
}

static void
keep_rows(struct world *world, struct test_pg *pg)
{
    char sql[1024];

    test_pg_await(pg, "organizations", "select count(*) from outbox", 0);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(sql, sizeof sql, "copy (%s) to '%s/%s'", tables[i].rows, world->folder, tables[i].table);
        test_pg_run(pg, "organizations", sql);
    }
    world->kept = true;
}

static double
ours(void *context)
{
    struct world *world = context;
    struct test_pg *pg = test_pg_copy(world->pg);
    struct test_system *system = test_system_new(pg);
    struct api api = world->api;
    double seconds;

    api.system = system;
    start(system);
    seconds = take_in(world, pg, &api);
    if (!world->kept)
        keep_rows(world, pg);
    test_system_stop_all(system);
    test_system_free(system);
    test_pg_close(pg);
    return ROWS / seconds;
}

static double
limit(void *context)
{
    struct world *world = context;
    struct test_pg *pg = test_pg_copy(world->pg);
    int64_t from_us = clock_us();
    double seconds;

    test_pg_run(pg, "organizations", "begin");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char sql[256];

        snprintf(sql, sizeof sql, "copy %s from '%s/%s'", tables[i].table, world->folder, tables[i].table);
        if (tables[i].ledger || world->whole)
            test_pg_run(pg, "organizations", sql);
    }
    test_pg_run(pg, "organizations", "commit");
    seconds = (double)(clock_us() - from_us) / 1e6;
    CHECK(test_pg_number(pg, "organizations", "select count(*) from membership") == ROWS);
    test_pg_close(pg);
    return ROWS / seconds;
}

static void
open_world(struct world *world)
{
    world->pg = test_pg_open();
    world->system = test_system_new(world->pg);
    api_open(&world->api, world->system);
    start(world->system);
    load_organizations(world);
    test_system_stop_all(world->system);
    make_file(world);
    CHECK(mkdtemp(world->folder) != NULL && chmod(world->folder, 0777) == 0); /* the server writes there */
}

static void
close_world(struct world *world)
{
    char path[128];

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        snprintf(path, sizeof path, "%s/%s", world->folder, tables[i].table);
        unlink(path);
    }
    rmdir(world->folder);
    free(world->members);
    test_system_free(world->system);
    test_pg_close(world->pg);
}

int
main(void)
{
    struct world world = { .folder = FOLDER };

    open_world(&world);
    bench_run(&(struct bench){ "import_rows", "rows/s", ours, limit, &world });
    world.whole = true;
    bench_run(&(struct bench){ "import_rows_all_tables", "rows/s", ours, limit, &world });
    close_world(&world);
    return 0;
}
