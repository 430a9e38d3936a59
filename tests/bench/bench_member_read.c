/* SPDX-License-Identifier: Apache-2.0 */
/* GET of one member by random id through gateway and organizations, 64 connections, among 100,000 members; beside
 * pgbench with 64 clients on the very statement that organizations prepares. Every status is checked by wrk, bodies by
 * a sampled run of their own. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "base/check.h"
#include "bench.h"
#include "io/seal.h"
#include "sql_text.h"
#include "support/http.h"
#include "support/keys.h"
#include "support/system.h"

#define MEMBERS 100000
#define SAMPLES 200

#define PERSON_ID "00000000-0000-7001-8000-%012x"

struct world {
    struct test_pg *pg;
    struct test_system *system;
    const char *token;
    char url[128];
    char folder[64];
};

static void
put_sealed(PGconn *conn, struct arena *arena, const struct seal_ring *ring, unsigned i)
{
    const char *what[] = { "identity", "telephone" };
    char line[1024];
    int used = snprintf(line, sizeof line, "%u", i);

    for (int k = 0; k < 2; k++) {
        const char *aad = arena_printf(arena, "person|%s|" PERSON_ID, what[k], i);
        const char *plain = k ? "13921877313" : arena_printf(arena, "32069919%010u", i);
        struct slice sealed = seal_close(arena, ring, slice_of(plain), slice_of(aad));
        char *hex = arena_alloc(arena, 2 * sealed.size + 1);

        seal_hex_format((const uint8_t *)sealed.data, sealed.size, hex);
        used += snprintf(line + used, sizeof line - (size_t)used, "\t\\\\x%s", hex);
    }
    line[used++] = '\n';
    CHECK(PQputCopyData(conn, line, used) == 1);
}

/* What a ledger of this size would have made, without its hours. */
static void
load_members(struct world *world)
{
    static const char before[] = "create table organizations.sealed (i int, identity bytea, telephone bytea)";
    static const char after[] =
        "insert into region values ('320699', 'bench');"
        "insert into organization (id, code, name, kind, region_code, version)"
        " select gen_random_uuid(), 'B' || i, 'branch ' || i, 'branch', '320699', 1 from generate_series(0, 999) i;"
        "insert into organization_line select id, id, 0 from organization where code like 'B%';"
        "insert into organization_line select b.id, r.id, 1 from organization b, organization r"
        " where b.code like 'B%' and r.code not like 'B%';"
        "insert into person (id, name, sex, ethnicity, born_on, education, identity_sealed, identity_index,"
        " telephone_sealed) select ('00000000-0000-7001-8000-' || lpad(to_hex(i), 12, '0'))::uuid, '王' || i, 'male',"
        " '汉族', '1982-11-19', '大学本科', identity, decode(md5(i::text), 'hex'), telephone from sealed;"
        "insert into member (id, person_id, standing, status, joined_on, full_on, organization_id, duty, occupation,"
        " floating, version) select ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid,"
        " ('00000000-0000-7001-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'full', 'active', '2003-03-28', '2004-03-28',"
        " o.id, null, '在职', false, 1 from sealed s join organization o on o.code = 'B' || s.i % 1000;"
        "drop table sealed; analyze";
    struct arena *arena = arena_new((size_t)1 << 20);
    struct seal_ring ring;
    PGconn *conn = PQconnectdb(test_pg_dsn(world->pg, "postgres"));

    CHECK(PQstatus(conn) == CONNECTION_OK && seal_ring_parse(test_key(arena, "identity.keys"), &ring));
    test_pg_run(world->pg, "organizations", before);
    PQclear(PQexec(conn, "copy organizations.sealed from stdin"));
    for (unsigned i = 1; i <= MEMBERS; i++) {
        arena_reset(arena);
        put_sealed(conn, arena, &ring, i);
    }
    CHECK(PQputCopyEnd(conn, NULL) == 1);
    PQclear(PQgetResult(conn));
    PQfinish(conn);
    test_pg_run(world->pg, "organizations", after);
    arena_free(arena);
}

static void
write_files(struct world *world)
{
    char path[128];
    char id[128];
    char scope_text[64];
    const char *const arguments[] = { id, scope_text, NULL };
    char *scope = test_pg_text(world->pg, "organizations", "select id from organization where code not like 'B%'");
    FILE *file;

    snprintf(id, sizeof id, "('00000000-0000-7000-8000-' || lpad(to_hex(:i::int), 12, '0'))::uuid");
    snprintf(scope_text, sizeof scope_text, "'%s'::uuid", scope);
    snprintf(path, sizeof path, "%s/read.sql", world->folder);
    file = fopen(path, "we");
    CHECK(file != NULL);
    fprintf(file, "\\set i random(1, %d)\n", MEMBERS);
    sql_text_write(file, "organizations", "member_find", arguments);
    fclose(file);
    snprintf(path, sizeof path, "%s/read.lua", world->folder);
    file = fopen(path, "we");
    CHECK(file != NULL);
    fprintf(file,
            "local bad = 0\nlocal threads = {}\nfunction setup(thread) table.insert(threads, thread) end\n"
            "function request()\n"
            "  return wrk.format('GET', string.format('/api/v1/members/00000000-0000-7000-8000-%%012x',"
            " math.random(1, %d)),\n"
            "    { ['Host'] = 'localhost', ['Authorization'] = 'Bearer %s' })\nend\n"
            "function response(status) if status ~= 200 then bad = bad + 1; _G.refused = bad end end\n"
            "function done() for _, t in ipairs(threads) do print('refused ' .. (t:get('refused') or 0)) end end\n",
            MEMBERS, world->token);
    fclose(file);
    free(scope);
}

static double
ours(void *context)
{
    struct world *world = context;
    char command[512];
    char line[512];
    double rate = 0;
    long refused = -1;
    FILE *output;

    snprintf(command, sizeof command, "wrk -t1 -c64 -d%ds -s '%s/read.lua' %s 2>&1", (int)bench_seconds(),
             world->folder, world->url);
    output = popen(command, "r");
    CHECK(output != NULL);
    while (fgets(line, sizeof line, output)) {
        if (strncmp(line, "Requests/sec:", 13) == 0)
            rate = strtod(line + 13, NULL);
        if (strncmp(line, "refused ", 8) == 0)
            refused = strtol(line + 8, NULL, 10);
        if (strstr(line, "Socket errors"))
            fputs(line, stderr);
    }
    pclose(output);
    CHECK(refused == 0 && rate > 0);
    return rate;
}

static double
limit(void *context)
{
    struct world *world = context;
    char path[128];

    snprintf(path, sizeof path, "%s/read.sql", world->folder);
    return sql_text_pgbench(path, test_pg_dsn(world->pg, "organizations"), "-c 64 -j 2");
}

static void
sample_bodies(struct world *world)
{
    for (int i = 0; i < SAMPLES; i++) {
        unsigned number = (unsigned)(i * 499 % MEMBERS) + 1;
        char url[256];
        char id[64];
        char name[64];
        struct test_reply reply;

        snprintf(id, sizeof id, "00000000-0000-7000-8000-%012x", number);
        snprintf(name, sizeof name, "王%u", number);
        snprintf(url, sizeof url, "%s/api/v1/members/%s", world->url, id);
        reply = test_http_get(url, world->token);
        CHECK(reply.status == 200 && strcmp(test_reply_text(&reply, "id"), id) == 0);
        CHECK(strcmp(test_reply_text(&reply, "name"), name) == 0);
        CHECK(strstr(test_reply_text(&reply, "identity_number"), "********") != NULL);
        test_reply_done(&reply);
    }
}

int
main(void)
{
    struct world world = { .pg = test_pg_open(), .folder = "/tmp/liangxin-bench.XXXXXX" };
    char command[128];

    CHECK(mkdtemp(world.folder) != NULL);
    seal_init();
    world.system = test_system_new(world.pg);
    test_system_set(world.system, "gateway", "LIANGXIN_RATE_ACCOUNT", "0"); /* one account asks for all */
    world.token = test_system_bootstrap(world.system);
    load_members(&world);
    test_system_start(world.system, "organizations");
    test_system_start(world.system, "gateway");
    snprintf(world.url, sizeof world.url, "http://127.0.0.1:%d", test_system_port(world.system, "gateway", "rpc"));
    write_files(&world);
    sample_bodies(&world);
    bench_run(&(struct bench){ "member_read", "requests/s", ours, limit, &world });
    test_system_free(world.system);
    test_pg_close(world.pg);
    snprintf(command, sizeof command, "rm -r '%s'", world.folder);
    return system(command) ? 1 : 0;
}
