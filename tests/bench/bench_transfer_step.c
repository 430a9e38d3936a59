/* SPDX-License-Identifier: Apache-2.0 */
/* One state change of a letter (submit and return in turn) through RPC: rights, idempotency, row lock, history, outbox,
 * audit, commit, with all followers running; beside pgbench with the same statements one by one at the same number of
 * connections, on a copy of the database that nobody else uses. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <liangxin/organizations/v1/organizations.facts.h>
#include <liangxin/organizations/v1/accounts.pb-c.h>
#include <liangxin/transfers/v1/transfers.facts.h>
#include <liangxin/transfers/v1/transfers.pb-c.h>

#include "base/check.h"
#include "bench.h"
#include "e2e/two_towns.h"
#include "io/clock.h"
#include "rpc/client.h"
#include "sql_text.h"
#include "support/keys.h"

#define CONNECTIONS 8  /* workers of transfers, clients of pgbench */
#define LETTERS     24 /* in work at once, one a client thread */

struct world {
    struct test_pg *pg;
    struct test_system *system;
    struct api api;
    struct two_towns towns;
    struct arena *arena;
    struct bus *bus;
    char hosts[64];
    char organizations[64];
    struct slice actor; /* token, renewed for each measurement */
    char letter[LETTERS][64];
    long version[LETTERS];
    int64_t until_us;
    char limit_dsn[512];
    char script[64];
    bool alone; /* nobody follows transfers */
};

struct client {
    struct world *world;
    int which;
    pthread_t thread;
    long steps;
};

/* 18 digits with the check digit of GB 11643. */
static void
identity_number(int i, char ret_number[19])
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    snprintf(ret_number, 19, "32069819800101%03d", i + 100);
    for (int k = 0; k < 17; k++)
        sum += (ret_number[k] - '0') * weights[k];
    ret_number[17] = "10X98765432"[sum % 11];
    ret_number[18] = '\0';
}

static void
load_members(struct world *world)
{
    char csv[16384] = "姓名,性别,民族,公民身份号码,出生日期,学历,入党日期,转正日期,党员类型,组织编码,工作单位代码,"
                      "手机号码,党内职务,人员类别,党费计算基数,流动党员\n";

    for (int i = 0; i < LETTERS; i++) {
        char number[19];
        size_t used = strlen(csv);

        identity_number(i, number);
        snprintf(csv + used, sizeof csv - used,
                 "王%d,%s,汉族,%s,1980-01-01,高中,2004-05-15,2005-05-15,正式党员,E101,,17342840920,,在职,,否\n", i,
                 (number[16] - '0') % 2 ? "男" : "女", number);
    }
    api_load(&world->api, "members", csv);
}

static void
draft_letters(struct world *world)
{
    char path[160];
    struct test_reply members;
    int n = 0;

    snprintf(path, sizeof path, "/members?limit=200&organization_id=%s", world->towns.east_branch);
    members = api_get(&world->api, world->api.city, path);
    for (size_t i = 0; n < LETTERS; i++) {
        json_t *member = json_array_get(json_object_get(members.json, "items"), i);
        struct test_reply reply;
        char body[256];

        CHECK(member != NULL);
        snprintf(body, sizeof body, "{\"member_id\":\"%s\",\"to_committee_id\":\"%s\",\"reason\":\"other\"}",
                 json_string_value(json_object_get(member, "id")), world->towns.west);
        reply = api_post(&world->api, world->api.city, "/transfers", 0, body);
        while (reply.status == 404) { /* transfers has not heard of the member yet */
            test_reply_done(&reply);
            reply = api_post(&world->api, world->api.city, "/transfers", 0, body);
        }
        if (reply.status != 201) {
            test_reply_done(&reply);
            continue;
        }
        snprintf(world->letter[n], sizeof world->letter[n], "%s", test_reply_text(&reply, "id"));
        world->version[n++] = test_reply_number(&reply, "version");
        test_reply_done(&reply);
    }
    test_reply_done(&members);
}

static struct rpc_client *
new_client(struct world *world)
{
    struct rpc_peer peers[] = { { "transfers", world->hosts }, { "organizations", world->organizations } };

    return rpc_client_new(world->bus, peers, 2);
}

static void
renew_actor(struct world *world)
{
    Liangxin__Organizations__V1__ExchangeRequest request = LIANGXIN__ORGANIZATIONS__V1__EXCHANGE_REQUEST__INIT;
    const Liangxin__Organizations__V1__ExchangeReply *reply;
    struct rpc_client *client = new_client(world);
    ProtobufCMessage *message;

    request.token = (char *)(uintptr_t)world->api.city;
    CHECK(
        !rpc_call(client, world->arena, &organizations_exchange, &request.base, &(struct rpc_options){ 0 }, &message));
    reply = (const Liangxin__Organizations__V1__ExchangeReply *)message;
    world->actor = slice_make(reply->actor_token.data, reply->actor_token.len);
    rpc_client_free(client);
}

/* submit from draft or returned, return from submitted: odd versions and even ones in turn. */
static void
one_step(struct client *client, struct rpc_client *rpc, struct arena *arena)
{
    struct world *world = client->world;
    long *version = &world->version[client->which];
    Liangxin__Transfers__V1__StepRequest submit = LIANGXIN__TRANSFERS__V1__STEP_REQUEST__INIT;
    Liangxin__Transfers__V1__ReasonRequest back = LIANGXIN__TRANSFERS__V1__REASON_REQUEST__INIT;
    bool submits = *version % 2 == 1;
    struct rpc_options options = { .actor = world->actor, .has_version = true, .version = *version };
    ProtobufCMessage *reply;
    char key[64];
    status_t st;

    arena_reset(arena);
    snprintf(key, sizeof key, "step-%d-%ld", client->which, *version);
    options.idempotency_key = key;
    submit.id = back.id = world->letter[client->which];
    back.note = (char *)(uintptr_t) "again";
    st = rpc_call(rpc, arena, submits ? &transfers_submit : &transfers_return, submits ? &submit.base : &back.base,
                  &options, &reply);
    if (st)
        fprintf(stderr, "step: %s %s\n", st->problem->slug, st->detail ? st->detail : "");
    CHECK(!st);
    CHECK(((const Liangxin__Transfers__V1__Letter *)reply)->version == *version + 1);
    ++*version;
    client->steps++;
}

static void *
client_main(void *argument)
{
    struct client *client = argument;
    struct rpc_client *rpc = new_client(client->world);
    struct arena *arena = arena_new((size_t)1 << 20);

    while (clock_us() < client->world->until_us)
        one_step(client, rpc, arena);
    arena_free(arena);
    rpc_client_free(rpc);
    return NULL;
}

static double
ours(void *context)
{
    struct world *world = context;
    struct client clients[LETTERS] = { { 0 } };
    int64_t from_us;
    long steps = 0;

    if (world->alone)
        test_system_start(world->system, "organizations");
    renew_actor(world);
    if (world->alone) /* it follows transfers too; the token lives for 30 seconds */
        test_system_stop(world->system, "organizations");
    from_us = clock_us();
    world->until_us = from_us + (int64_t)(bench_seconds() * 1e6);
    for (int i = 0; i < LETTERS; i++) {
        clients[i] = (struct client){ .world = world, .which = i };
        CHECK(pthread_create(&clients[i].thread, NULL, client_main, &clients[i]) == 0);
    }
    for (int i = 0; i < LETTERS; i++) {
        pthread_join(clients[i].thread, NULL);
        steps += clients[i].steps;
    }
    return (double)steps * 1e6 / (double)(clock_us() - from_us);
}

static double
limit(void *context)
{
    struct world *world = context;
    char options[64];

    snprintf(options, sizeof options, "-c %d -j 2", CONNECTIONS);
    return sql_text_pgbench(world->script, world->limit_dsn, options);
}

#define NOW     "'2026-11-21T09:00:00+08:00'::timestamptz"
#define LETTER  "('00000000-0000-7002-8000-' || lpad(to_hex(:client_id::int), 12, '0'))::uuid"
#define ACCOUNT "'00000000-0000-7003-8000-000000000001'::uuid"
#define KEY     "'bench-' || :k::bigint"
#define HASH    "decode(repeat('ab', 32), 'hex')"

/* The frame's and the step's statements in their order, each with arguments of the real kinds and sizes. */
static void
write_script(struct world *world, const char *scope)
{
    const struct {
        const char *name;
        const char *arguments[18];
    } statements[] = {
        { "idempotency_lock", { "'3000'", "'00000000-0000-7003-8000-000000000001 ' || " KEY } },
        { "idempotency_find", { ACCOUNT, KEY } },
        { "letter_lock", { scope, "null", LETTER } },
        { "letter_update",
          { LETTER, ":v::bigint", "'submitted'", NOW, "'00000000-0000-7003-8000-000000000002'::uuid", "null", "null",
            "null", "null", "null", "null", "null", "false", "null", "null", "null", "null" } },
        { "history_insert",
          { LETTER, ":v::bigint", "'submit'", "'submitted'", NOW, ACCOUNT, "'city_clerk'", scope, "null", "null" } },
        { "audit_insert",
          { "gen_random_uuid()", NOW, ACCOUNT, "'city_clerk'", scope, "'gateway'", "gen_random_uuid()",
            "'transfers.v1.Transfers/Submit'", "'letter'", LETTER, HASH, HASH, "null" } },
        { "outbox_append",
          { "'letter'", LETTER, ":v::bigint", "'LetterChanged'", "decode(repeat('ab', 170), 'hex')", NOW } },
        { "idempotency_store",
          { ACCOUNT, KEY, "'transfers.v1.Transfers/Submit'", HASH, "decode(repeat('ab', 420), 'hex')", NOW } },
    };
    FILE *file;
    int fd = mkstemp(world->script);

    CHECK(fd >= 0);
    file = fdopen(fd, "w");
    fputs("\\set v random(3, 4000000000)\n\\set k random(1, 900000000000000)\nBEGIN;\n", file);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        sql_text_write(file, "transfers", statements[i].name, statements[i].arguments);
    fputs("COMMIT;\n", file);
    fclose(file);
}

/* A copy of the database as it stands, its letters under ids that pgbench can say. */
static struct test_pg *
copy_database(struct world *world)
{
    static const char rename[] =
        "set session_replication_role = replica;"
        "create temp table renamed as select id, ('00000000-0000-7002-8000-' ||"
        " lpad(to_hex(row_number() over (order by id) - 1), 12, '0'))::uuid as new from letter;"
        "update letter_party p set letter_id = r.new from renamed r where r.id = p.letter_id;"
        "update letter l set id = r.new from renamed r where r.id = l.id; analyze";
    struct test_pg *copy = test_pg_copy(world->pg);

    test_pg_run(copy, "transfers", rename);
    snprintf(world->limit_dsn, sizeof world->limit_dsn, "%s", test_pg_dsn(copy, "transfers"));
    return copy;
}

int
main(void)
{
    struct world world = { .pg = test_pg_open(), .script = "/tmp/liangxin-bench.XXXXXX" };
    struct test_pg *copy;
    char workers[16];
    char scope[64];
    char *root;

    world.arena = arena_new((size_t)1 << 22);
    world.bus = test_bus(world.arena, "gateway");
    world.system = test_system_new(world.pg);
    snprintf(workers, sizeof workers, "%d", CONNECTIONS);
    test_system_set(world.system, "transfers", "LIANGXIN_WORKERS", workers);
    api_open(&world.api, world.system);
    test_system_start_all(world.system);
    two_towns_load(&world.api, &world.towns);
    load_members(&world);
    draft_letters(&world);
    test_system_stop_all(world.system);
    copy = copy_database(&world);
    root = test_pg_text(world.pg, "organizations", "select id from organization where code = 'ROOT'");
    snprintf(scope, sizeof scope, "'%s'::uuid", root);
    write_script(&world, scope);
    test_system_start_all(world.system);
    snprintf(world.hosts, sizeof world.hosts, "127.0.0.1:%d", test_system_port(world.system, "transfers", "rpc"));
    snprintf(world.organizations, sizeof world.organizations, "127.0.0.1:%d",
             test_system_port(world.system, "organizations", "rpc"));
    bench_run(&(struct bench){ "transfer_step", "steps/s", ours, limit, &world });
    test_system_stop_all(world.system);
    world.alone = true;
    test_system_start(world.system, "transfers");
    bench_run(&(struct bench){ "transfer_step_alone", "steps/s", ours, limit, &world });
    test_system_free(world.system);
    bus_close(world.bus);
    test_pg_close(copy);
    test_pg_close(world.pg);
    unlink(world.script);
    free(root);
    return 0;
}
