/* SPDX-License-Identifier: Apache-2.0 */
/* A commit that loses its database at the worst moments goes on where it stopped: whole chunks, no row twice; and bases
 * reach dues however often it was away. */
#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/dues/v1/dues.pb-c.h>
#include <liangxin/organizations/v1/organizations.facts.h>
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "desk.h"
#include "io/clock.h"
#include "organizations/imports/job_imports.h"
#include "support/keys.h"
#include "support/proxy.h"

#define HELD_MS   10000
#define LONG_MS   60000
#define ALL       1192
#define BASES     1165 /* rows of the sample that say one */
#define PORT_BASE 21000
#define PORTS     11000

static Import *
begin_commit(struct desk *desk)
{
    CommitImportRequest *in = commit_import_request_new(desk->arena);
    ProtobufCMessage *out;
    Import *import;

    desk_commit(desk, desk_upload_file(desk, LEDGER(REGIONS), "township/divisions.csv"), false);
    desk_commit(desk, desk_upload_file(desk, LEDGER(ORGANIZATIONS), "township/organizations.csv"), false);
    desk_commit(desk, desk_upload_file(desk, LEDGER(UNITS), "township/units.csv"), false);
    import = desk_upload_file(desk, LEDGER(MEMBERS), "township/members.csv");
    in->id = import->id;
    assert_null(desk_call(desk, desk_method(&organizations_commit_import), &in->base, import->version, &out));
    return import;
}

static void *
cut_when_held(void *argument)
{
    struct proxy *proxy = argument;

    if (proxy_await_held(proxy, HELD_MS))
        proxy_cut(proxy);
    return NULL;
}

/* One step over a connection that is cut at its COMMIT, or at the answer to it. */
static void
step_with_cut(struct desk *desk, struct proxy *proxy, enum proxy_mode mode)
{
    struct db *direct = desk->db;
    pthread_t cutter;
    bool more;

    proxy_set(proxy, mode, "import_advance");
    desk->db = db_new(test_pg_dsn_by(desk->pg, "organizations", proxy_port(proxy)), "cut");
    db_deadline(desk->db, clock_ms() + LONG_MS);
    assert_null(db_ready(desk->arena, desk->db));
    assert_int_equal(pthread_create(&cutter, NULL, cut_when_held, proxy), 0);
    assert_non_null(desk_step(desk, job_import_rows, &more));
    pthread_join(cutter, NULL);
    db_free(desk->db);
    desk->db = direct;
    proxy_set(proxy, PROXY_PASS, NULL);
}

static int64_t
count(struct desk *desk, const char *table)
{
    return test_pg_number(desk->pg, "organizations", arena_printf(desk->arena, "select count(*) from %s", table));
}

static void
a_commit_cut_twice_takes_every_row_once(void **state)
{
    struct desk *desk = desk_open();
    Import *import = begin_commit(desk);
    struct proxy *proxy = proxy_open(test_pg_socket(desk->pg));

    (void)state;
    step_with_cut(desk, proxy, PROXY_HOLD_COMMIT);
    assert_int_equal(count(desk, "member"), 0);
    step_with_cut(desk, proxy, PROXY_HOLD_ANSWER);
    assert_int_equal(count(desk, "member"), 500);
    desk_work(desk);
    proxy_close(proxy);
    import = desk_import(desk, import->id);
    assert_int_equal(import->done, ALL);
    assert_int_equal(import->created, ALL);
    assert_int_equal(count(desk, "member"), ALL);
    assert_int_equal(count(desk, "membership"), ALL);
    assert_int_equal(count(desk, "outbox where aggregate = 'member'"), ALL);
    assert_int_equal(count(desk, "import_row r join member m on m.id = r.entity_id"), ALL);
    desk_close(desk);
}

static atomic_int told;
static atomic_llong unwanted = -1; /* fen: a base that dues does not take */

/* Dues as far as an import sees it. */
static status_t
handle_bases(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    const Liangxin__Dues__V1__RecordBasesRequest *request = (const Liangxin__Dues__V1__RecordBasesRequest *)in;

    assert_string_equal(call->caller, "organizations");
    for (size_t i = 0; i < request->n_records; i++) {
        assert_int_equal(request->records[i]->member_id.len, ID_BYTES);
        if (request->records[i]->base_fen == atomic_load(&unwanted))
            return status_plain(PROBLEM_OUT_OF_RANGE);
    }
    atomic_fetch_add(&told, (int)request->n_records);
    ((Liangxin__Dues__V1__RecordBasesReply *)out)->recorded = (uint32_t)request->n_records;
    call->audited = true; /* the frame wants it; nothing is written here */
    return OK;
}

static const struct rpc_endpoint dues_methods[] = { { &dues_record_bases, handle_bases, NULL }, { 0 } };

static struct rpc_server *
start_dues(struct desk *desk, struct bus *bus, int port)
{
    struct seal_key public_key = test_actor_public(desk->arena);
    struct rpc_server_setup setup = { .bus = bus,
                                      .bind = arena_printf(desk->arena, "tcp://127.0.0.1:%d", port),
                                      .name = "dues",
                                      .endpoints = dues_methods,
                                      .dsn = test_pg_dsn(desk->pg, "organizations"),
                                      .actor_public = arena_copy(desk->arena, &public_key, sizeof public_key),
                                      .workers = 1,
                                      .queue_limit = 8 };
    struct rpc_server *server = NULL;

    assert_null(rpc_server_start(desk->arena, &setup, &server));
    return server;
}

/* Steps until dues has taken all; how long that may take is the test's own limit. */
static void
tell_all(struct desk *desk, const char *import)
{
    int64_t until_ms = clock_ms() + HELD_MS;
    bool more;

    while (desk_import(desk, import)->state == STATE(COMMITTING)) {
        assert_true(clock_ms() < until_ms);
        (void)desk_step(desk, job_import_bases, &more);
    }
}

/* A base that dues will never take is its row's problem: the others are told and the import ends. */
static void
a_refused_base_is_a_result_and_no_end_of_the_world(void **state)
{
    struct desk *desk = desk_open();
    int port = PORT_BASE + (int)(getpid() % PORTS) + 1;
    struct rpc_peer peer = { "dues", arena_printf(desk->arena, "127.0.0.1:%d", port) };
    struct bus *bus = test_bus(desk->arena, "organizations");
    struct bus *dues_bus = test_bus(desk->arena, "dues");
    struct rpc_server *dues = start_dues(desk, dues_bus, port);
    Import *import;

    (void)state;
    atomic_store(&told, 0);
    atomic_store(&unwanted, 617946);
    desk->client = rpc_client_new(bus, &peer, 1);
    import = begin_commit(desk);
    desk_work(desk);
    tell_all(desk, import->id);
    assert_int_equal(desk_import(desk, import->id)->state, STATE(SUCCEEDED));
    assert_int_equal(atomic_load(&told), BASES - 1);
    assert_int_equal(count(desk, "import_row where outcome = 'created' and problems @>"
                                 " '[{\"column\": \"党费计算基数\", \"code\": \"base-refused\"}]'"),
                     1);
    rpc_server_stop(dues, 1000);
    rpc_client_free(desk->client);
    bus_close(dues_bus);
    bus_close(bus);
    desk_close(desk);
}

static void
bases_wait_for_dues_and_hold_up_nobody(void **state)
{
    struct desk *desk = desk_open();
    int port = PORT_BASE + (int)(getpid() % PORTS);
    struct rpc_peer peer = { "dues", arena_printf(desk->arena, "127.0.0.1:%d", port) };
    struct bus *bus = test_bus(desk->arena, "organizations");
    struct bus *dues_bus = test_bus(desk->arena, "dues");
    struct rpc_server *dues;
    Import *import;
    bool more;

    (void)state;
    desk->client = rpc_client_new(bus, &peer, 1);
    import = begin_commit(desk);
    desk_work(desk);
    assert_non_null(desk_step(desk, job_import_bases, &more));
    assert_int_equal(desk_import(desk, import->id)->state, STATE(COMMITTING));
    desk_commit(desk, desk_upload_file(desk, LEDGER(REGIONS), "district/divisions.csv"), false);
    dues = start_dues(desk, dues_bus, port);
    tell_all(desk, import->id);
    assert_int_equal(desk_import(desk, import->id)->state, STATE(SUCCEEDED));
    assert_int_equal(atomic_load(&told), BASES);
    assert_int_equal(count(desk, "outbox where position('617946'::bytea in payload) > 0"), 0);
    rpc_server_stop(dues, 1000);
    rpc_client_free(desk->client);
    bus_close(dues_bus);
    bus_close(bus);
    desk_close(desk);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_cut_twice_takes_every_row_once),
        cmocka_unit_test(bases_wait_for_dues_and_hold_up_nobody),
        cmocka_unit_test(a_refused_base_is_a_result_and_no_end_of_the_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
