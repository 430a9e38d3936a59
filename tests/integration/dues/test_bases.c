/* SPDX-License-Identifier: Apache-2.0 */
/* Bases recorded and asked for, by a real process on a real database: asked as organizations and as the gateway. */
#include <liangxin/dues/v1/dues.facts.h>
#include <liangxin/dues/v1/dues.handlers.h>

#include <pthread.h>

#include "io/clock.h"
#include "support/cmocka_all.h"
#include "support/desk.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LARGE        500 /* records of one request */

/* Two committees below the city, a branch below each; the last byte tells them apart. */
enum { CITY = 1, COMMITTEE, BRANCH, OTHER_BRANCH, WORKER, FARMER, RETIREE, ELSEWHERE };

#define DIRECTORY                                                                                                      \
    "insert into organization select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 'o' || n, 'c' || n, "         \
    "'branch',"                                                                                                        \
    "       null, null, 1 from generate_series(1, 4) n;"                                                               \
    "insert into organization_line select ('00000000-0000-7000-8000-00000000000' || d)::uuid,"                         \
    "       ('00000000-0000-7000-8000-00000000000' || a)::uuid, depth"                                                 \
    "  from (values (1, 1, 0), (2, 2, 0), (2, 1, 1), (3, 3, 0), (3, 2, 1), (3, 1, 2), (4, 4, 0), (4, 1, 1))"           \
    "       l (d, a, depth);"                                                                                          \
    "insert into member select ('00000000-0000-7000-8000-00000000000' || m)::uuid, gen_random_uuid(), 'm', 'full',"    \
    "       'active', ('00000000-0000-7000-8000-00000000000' || o)::uuid, 1"                                           \
    "  from (values (5, 3), (6, 3), (7, 3), (8, 4)) m (m, o)"

struct place {
    struct test_desk *desk; /* its client calls as organizations */
    struct arena *arena;
    struct test_pg *pg;
    struct rpc_client *ledger;
    struct bus *gateway_bus;
    struct rpc_client *gateway;
};

static int
open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    place->desk = test_desk_open("dues", "organizations", DIRECTORY);
    place->arena = place->desk->arena;
    place->pg = place->desk->pg;
    place->ledger = place->desk->client;
    place->gateway_bus = test_bus(place->arena, "gateway");
    place->gateway = test_desk_client(place->desk, "dues", place->gateway_bus);
    *state = place;
    return 0;
}

static int
close_place(void **state)
{
    struct place *place = *state;

    rpc_client_free(place->gateway);
    bus_close(place->gateway_bus);
    test_desk_close(place->desk);
    free(place);
    return 0;
}

static int
forget_bases(void **state)
{
    struct place *place = *state;

    test_pg_run(place->pg, "dues", "delete from base_history; delete from base; delete from payer; delete from audit");
    return 0;
}

/* This month and so many later. */
static char *
month_from_now(struct arena *arena, int later)
{
    char *text = arena_alloc(arena, MONTH_SIZE);

    month_format(month_of(clock_today()) + later, text);
    return text;
}

struct base {
    int member;
    int64_t fen;
    int later;
    const char *occupation;
};

static RecordBasesRequest *
request_of(struct arena *arena, const struct base *bases, size_t count)
{
    RecordBasesRequest *request = record_bases_request_new(arena);

    request->records = arena_array(arena, count, sizeof(BaseRecord *));
    for (; request->n_records < count; request->n_records++) {
        const struct base *base = &bases[request->n_records];
        struct id member = test_id(base->member);
        BaseRecord *record = base_record_new(arena);

        record->member_id = (ProtobufCBinaryData){ ID_BYTES, arena_copy(arena, member.bytes, ID_BYTES) };
        record->base_fen = base->fen;
        record->from_month = month_from_now(arena, base->later);
        record->occupation = arena_text(arena, base->occupation);
        request->records[request->n_records] = record;
    }
    return request;
}

static status_t
send(struct place *place, struct rpc_client *client, const RecordBasesRequest *request, RecordBasesReply **ret_reply)
{
    ProtobufCMessage *reply = NULL;
    status_t st =
        rpc_call(client, place->arena, &dues_record_bases, &request->base, &(struct rpc_options){ 0 }, &reply);

    *ret_reply = (RecordBasesReply *)reply;
    return st;
}

static void
assert_recorded(struct place *place, const struct base *bases, size_t count, unsigned recorded)
{
    RecordBasesReply *reply;

    assert_null(send(place, place->ledger, request_of(place->arena, bases, count), &reply));
    assert_int_equal(reply->recorded, recorded);
    assert_int_equal(reply->unchanged, count - recorded);
}

static status_t
ask_with(struct place *place, int organization, int member, const char *permission, Base **ret_base)
{
    GetBaseRequest *request = get_base_request_new(place->arena);
    struct rpc_options options = { 0 };
    struct id scope = test_id(organization);
    struct id asked = test_id(member);
    ProtobufCMessage *reply = NULL;
    status_t st;

    request->member_id = arena_alloc(place->arena, ID_SIZE);
    id_format(&asked, request->member_id);
    options.actor =
        test_actor_token(place->arena, &asked, "branch_secretary", &scope, (const char *const[]){ permission, NULL });
    st = rpc_call(place->gateway, place->arena, &dues_get_base, &request->base, &options, &reply);
    *ret_base = (Base *)reply;
    return st;
}

static status_t
ask(struct place *place, int organization, int member, Base **ret_base)
{
    return ask_with(place, organization, member, "dues.read", ret_base);
}

static void
test_bases_recorded_twice_are_recorded_once(void **state)
{
    static const struct base bases[] = { { WORKER, 504868, 0, "在职" }, { RETIREE, 480000, 0, "离退休" } };
    struct place *place = *state;

    assert_recorded(place, bases, COUNT(bases), 2);
    assert_recorded(place, bases, COUNT(bases), 0);
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from base"), 2);
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from base_history"), 2);
    assert_int_equal(test_pg_number(place->pg, "dues", "select max(version) from payer"), 1);
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from audit where object = 'base'"), 2);
}

static void
test_only_what_differs_is_recorded(void **state)
{
    static const struct base first[] = { { WORKER, 504868, 0, "在职" }, { RETIREE, 480000, 0, "离退休" } };
    static const struct base second[] = { { WORKER, 520000, 0, "在职" }, { RETIREE, 480000, 0, "离退休" } };
    struct place *place = *state;
    Base *base;

    assert_recorded(place, first, COUNT(first), 2);
    assert_recorded(place, second, COUNT(second), 1);
    assert_int_equal(
        test_pg_number(place->pg, "dues", "select sum(base_fen) from base_history where member_id::text like '%5'"),
        504868 + 520000);
    assert_null(ask(place, BRANCH, WORKER, &base));
    assert_int_equal(base->base_fen, 520000);
    assert_int_equal(base->version, 2);
}

static void
test_the_month_decides_which_base_holds(void **state)
{
    static const struct base bases[] = { { WORKER, 300000, -3, "在职" } };
    static const struct base later[] = { { WORKER, 300001, 0, "在职" } };
    static const struct base future[] = { { WORKER, 999999, 1, "在职" } };
    struct place *place = *state;
    Base *base;

    assert_recorded(place, bases, 1, 1);
    assert_null(ask(place, BRANCH, WORKER, &base));
    assert_int_equal(base->monthly_fen, 1500);
    assert_recorded(place, later, 1, 1);
    assert_recorded(place, future, 1, 1);
    assert_null(ask(place, BRANCH, WORKER, &base));
    assert_int_equal(base->base_fen, 300001);
    assert_int_equal(base->monthly_fen, 3000);
    assert_string_equal(base->from_month, month_from_now(place->arena, 0));
    assert_int_equal(base->version, 3);
}

static void
test_the_rule_of_the_category_is_told_where_it_is_plain(void **state)
{
    static const struct {
        struct base base;
        int64_t monthly; /* -1: none */
    } rows[] = {
        { { WORKER, 504868, 0, "在职" }, 7573 },
        { { WORKER, 460000, 0, "个体经营" }, 4600 },
        { { WORKER, 8000000, 0, "在职" }, 100000 },
        { { WORKER, 480000, 0, "离退休" }, 2400 },
        { { WORKER, 1200050, 0, "离退休" }, 12001 },
        { { WORKER, 90000, 0, "学生" }, 20 },
        { { WORKER, 0, 0, "下岗失业" }, 20 },
        { { WORKER, 100000, 0, "农民" }, -1 },
        { { WORKER, 0, 0, "在职" }, -1 },
        { { WORKER, 504868, 0, "" }, -1 },
        { { WORKER, 504868, 0, "自由职业" }, -1 },
    };
    struct place *place = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        Base *base;

        forget_bases(state);
        assert_recorded(place, &rows[i].base, 1, 1);
        assert_null(ask(place, BRANCH, WORKER, &base));
        if (rows[i].monthly < 0)
            assert_int_equal(base->assessed_case, LIANGXIN__DUES__V1__BASE__ASSESSED__NOT_SET);
        else
            assert_int_equal(base->monthly_fen, rows[i].monthly);
    }
}

static void
test_outside_the_scope_there_is_no_member(void **state)
{
    static const struct base bases[] = { { WORKER, 504868, 0, "在职" }, { ELSEWHERE, 504868, 0, "在职" } };
    struct place *place = *state;
    Base *base;

    assert_recorded(place, bases, COUNT(bases), 2);
    assert_null(ask(place, CITY, WORKER, &base));
    assert_null(ask(place, COMMITTEE, WORKER, &base));
    assert_null(ask(place, BRANCH, WORKER, &base));
    assert_true(status_is(ask(place, OTHER_BRANCH, WORKER, &base), PROBLEM_NOT_FOUND));
    assert_true(status_is(ask(place, COMMITTEE, ELSEWHERE, &base), PROBLEM_NOT_FOUND));
    assert_true(status_is(ask(place, CITY, FARMER, &base), PROBLEM_NOT_FOUND)); /* a member without a base */
    assert_true(status_is(ask_with(place, CITY, WORKER, "training.read", &base), PROBLEM_DENIED));
    test_pg_run(place->pg, "dues", "update member set status = 'moved_out' where name = 'm'");
    assert_true(status_is(ask(place, BRANCH, WORKER, &base), PROBLEM_NOT_FOUND)); /* who left owes nothing here */
    test_pg_run(place->pg, "dues", "update member set status = 'active'");
}

static void
test_only_organizations_may_record(void **state)
{
    static const struct base bases[] = { { WORKER, 504868, 0, "在职" } };
    struct place *place = *state;
    RecordBasesReply *reply;

    assert_true(status_is(send(place, place->gateway, request_of(place->arena, bases, 1), &reply), PROBLEM_DENIED));
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from base"), 0);
}

static void
test_a_record_said_twice_in_one_request_is_one(void **state)
{
    static const struct base bases[] = { { WORKER, 1, 0, "" }, { RETIREE, 2, 0, "" }, { WORKER, 1, 0, "" } };
    struct place *place = *state;

    assert_recorded(place, bases, COUNT(bases), 2);
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from base_history"), 2);
}

static void
test_a_request_with_a_fault_changes_nothing(void **state)
{
    static const struct base twice[] = { { WORKER, 1, 0, "" }, { RETIREE, 1, 0, "" }, { WORKER, 2, 0, "" } };
    struct place *place = *state;
    RecordBasesRequest *request = request_of(place->arena, twice, 3);
    RecordBasesReply *reply;
    status_t st = send(place, place->ledger, request, &reply);

    assert_true(status_is(st, PROBLEM_BAD_VALUE));
    assert_string_equal(st->pointer, "/records/2/member_id");
    request->records[2]->member_id.len = 15;
    assert_true(status_is(send(place, place->ledger, request, &reply), PROBLEM_BAD_VALUE));
    request->n_records = 1;
    request->records[0]->base_fen = -1;
    assert_true(status_is(send(place, place->ledger, request, &reply), PROBLEM_OUT_OF_RANGE));
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from payer"), 0);
}

/* The largest request: 500 members, from the last to the first when `reversed`. */
static RecordBasesRequest *
large_request(struct arena *arena, bool reversed)
{
    static struct base bases[LARGE];
    RecordBasesRequest *request;

    for (size_t i = 0; i < LARGE; i++)
        bases[i] = (struct base){ WORKER, (int64_t)(100000 + (reversed ? LARGE - 1 - i : i)), 0, "在职" };
    request = request_of(arena, bases, LARGE);
    for (size_t i = 0; i < LARGE; i++) {
        size_t number = (size_t)request->records[i]->base_fen - 100000;

        request->records[i]->member_id.data[0] = (uint8_t)(number >> 8);
        request->records[i]->member_id.data[1] = (uint8_t)number;
    }
    return request;
}

static void
test_five_hundred_bases_are_one_call(void **state)
{
    struct place *place = *state;
    RecordBasesRequest *request = large_request(place->arena, false);
    RecordBasesReply *reply;

    assert_null(send(place, place->ledger, request, &reply));
    assert_int_equal(reply->recorded, 500);
    assert_null(send(place, place->ledger, request, &reply));
    assert_int_equal(reply->unchanged, 500);
    assert_int_equal(test_pg_number(place->pg, "dues", "select sum(base_fen) from base"), 500 * 100000 + 499 * 250);
}

/* An import on a thread of its own. */
struct import {
    pthread_t thread;
    const RecordBasesRequest *request;
    struct arena *arena;
    struct rpc_client *client;
    status_t status;
    RecordBasesReply *reply;
};

static void *
run_import(void *argument)
{
    struct import *import = argument;

    import->status = rpc_call(import->client, import->arena, &dues_record_bases, &import->request->base,
                              &(struct rpc_options){ 0 }, (ProtobufCMessage **)&import->reply);
    return NULL;
}

static void
test_imports_at_the_same_time_record_once(void **state)
{
    struct import imports[4];
    struct place *place = *state;
    unsigned recorded = 0;

    for (size_t i = 0; i < COUNT(imports); i++) {
        imports[i] = (struct import){ .arena = arena_new((size_t)1024 * 1024) };
        imports[i].request = large_request(imports[i].arena, i % 2 == 1);
        imports[i].client = test_desk_client(place->desk, "dues", place->desk->bus);
    }
    for (size_t i = 0; i < COUNT(imports); i++)
        assert_int_equal(pthread_create(&imports[i].thread, NULL, run_import, &imports[i]), 0);
    for (size_t i = 0; i < COUNT(imports); i++) {
        pthread_join(imports[i].thread, NULL);
        assert_null(imports[i].status);
        recorded += imports[i].reply->recorded;
        rpc_client_free(imports[i].client);
        arena_free(imports[i].arena);
    }
    assert_int_equal(recorded, LARGE);
    assert_int_equal(test_pg_number(place->pg, "dues", "select count(*) from base_history"), LARGE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_bases_recorded_twice_are_recorded_once, forget_bases),
        cmocka_unit_test_setup(test_only_what_differs_is_recorded, forget_bases),
        cmocka_unit_test_setup(test_the_month_decides_which_base_holds, forget_bases),
        cmocka_unit_test_setup(test_the_rule_of_the_category_is_told_where_it_is_plain, forget_bases),
        cmocka_unit_test_setup(test_outside_the_scope_there_is_no_member, forget_bases),
        cmocka_unit_test_setup(test_only_organizations_may_record, forget_bases),
        cmocka_unit_test_setup(test_a_record_said_twice_in_one_request_is_one, forget_bases),
        cmocka_unit_test_setup(test_a_request_with_a_fault_changes_nothing, forget_bases),
        cmocka_unit_test_setup(test_five_hundred_bases_are_one_call, forget_bases),
        cmocka_unit_test_setup(test_imports_at_the_same_time_record_once, forget_bases),
    };

    return cmocka_run_group_tests(tests, open_place, close_place);
}
