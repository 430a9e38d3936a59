/* SPDX-License-Identifier: Apache-2.0 */
/* A server and its clients in one process, on a real database: the frame around every handler. */
#include "support/cmocka_all.h"

#include <stdatomic.h>
#include <stdio.h>

#include "io/clock.h"
#include "io/metrics.h"
#include "rpc/audit.h"
#include "rpc/codec.h"
#include "rpc/server.h"
#include "scene.h"
#include "shapes.pb-c.h"
#include "support/keys.h"

#define CALLERS 20

/* --- the service: Leaf in, Leaf out ------------------------------------------------------------------------------- */

/* What the handlers see and leave; reset before each test. */
static struct {
    atomic_int runs;    /* of changing handlers */
    atomic_int clashes; /* runs that are to fail with a serialization failure */
    atomic_bool refuse;
    atomic_bool hold;   /* changing handlers wait too */
    atomic_int entered; /* slow calls that have begun */
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool open; /* whoever waits may go on; under `lock` */
} stage = { .lock = PTHREAD_MUTEX_INITIALIZER, .opened = PTHREAD_COND_INITIALIZER };

static const struct db_statement insert_thing = { "t_thing", "INSERT INTO things (word) VALUES ($1)" };
static const struct db_statement clash = {
    "t_clash", "DO $$ BEGIN RAISE 'clash' USING ERRCODE = 'serialization_failure'; END $$"
};

static const char *
word_of(const ProtobufCMessage *in)
{
    return ((const Shapes__Leaf *)in)->text;
}

static status_t
handle_echo(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    ((Shapes__Leaf *)out)->text = arena_text(call->arena, word_of(in));
    return OK;
}

static void
wait_until_open(void)
{
    pthread_mutex_lock(&stage.lock);
    while (!stage.open)
        pthread_cond_wait(&stage.opened, &stage.lock);
    pthread_mutex_unlock(&stage.lock);
}

static status_t
handle_slow(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    atomic_fetch_add(&stage.entered, 1);
    wait_until_open();
    return handle_echo(call, in, out);
}

static status_t
handle_put(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    struct id id = clock_id();
    struct db_args args = { 0 };

    atomic_fetch_add(&stage.runs, 1);
    if (atomic_load(&stage.hold))
        wait_until_open();
    if (atomic_load(&stage.refuse))
        return status_field(call->arena, PROBLEM_LETTER_OPEN, "/text");
    db_arg_text(&args, word_of(in));
    db_queue(call->db, &insert_thing, &args);
    if (atomic_fetch_sub(&stage.clashes, 1) > 0)
        db_queue(call->db, &clash, NULL);
    audit_add(call, &(struct audit_entry){ .object = "thing", .id = &id });
    return handle_echo(call, in, out);
}

static status_t
handle_forget(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    struct db_args args = { 0 };

    db_arg_text(&args, word_of(in));
    db_queue(call->db, &insert_thing, &args);
    return handle_echo(call, in, out);
}

static const char *const only_dues[] = { "dues", NULL };
static const char *const only_gateway[] = { "gateway", NULL };

#define METHOD(name_, ...)                                                                                             \
    {                                                                                                                  \
        .name = "test.v1.Test/" name_, .service = "transfers", .budget_ms = 5000,                                      \
        .request = &shapes__leaf__descriptor, .reply = &shapes__leaf__descriptor, __VA_ARGS__                          \
    }

static const struct rpc_method echo = METHOD("Echo", .effect = METHOD_PURE, .open = true);
static const struct rpc_method slow = METHOD("Slow", .effect = METHOD_PURE, .open = true);
static const struct rpc_method put = METHOD("Put", .effect = METHOD_COMMAND, .permission = "things.put");
static const struct rpc_method forget = METHOD("Forget", .effect = METHOD_COMMAND, .permission = "things.put");
static const struct rpc_method apply = METHOD("Apply", .effect = METHOD_APPLY, .callers = only_gateway);
static const struct rpc_method closed = METHOD("Closed", .effect = METHOD_PURE, .callers = only_dues);
static const struct rpc_method edit = METHOD("Edit", .effect = METHOD_PURE, .open = true, .if_match = true);
static const struct rpc_method nowhere = METHOD("Nowhere", .effect = METHOD_PURE, .open = true);

static const struct rpc_endpoint endpoints[] = {
    { &echo, handle_echo, NULL }, { &slow, handle_slow, NULL },
    { &put, handle_put, NULL },   { &forget, handle_forget, NULL },
    { &apply, handle_put, NULL }, { &closed, handle_echo, NULL },
    { &edit, handle_echo, NULL }, { 0 },
};

/* --- the scene ---------------------------------------------------------------------------------------------------- */

static struct arena *arena;   /* of one test */
static struct arena *lasting; /* of all */
static struct test_pg *pg;
static struct proxy *proxy;
static const char *dsn;
static const char *dsn_by_proxy;
static struct seal_key actor_public;
static struct bus *server_bus;
static struct bus *client_bus;
static struct rpc_server *server;
static struct rpc_peer peer = { .service = "transfers" };
static struct rpc_client *client;
static struct slice clerk; /* token of somebody with things.put */

static void
serve(const char *database, int workers, int queue_limit)
{
    int port = scene_port();
    struct rpc_server_setup setup = { .bus = server_bus,
                                      .bind = arena_printf(arena, "tcp://127.0.0.1:%d", port),
                                      .name = "transfers",
                                      .endpoints = endpoints,
                                      .dsn = database,
                                      .actor_public = &actor_public,
                                      .workers = workers,
                                      .queue_limit = queue_limit };

    assert_null(rpc_server_start(arena, &setup, &server));
    peer.hosts = arena_printf(arena, "127.0.0.1:%d", port);
    client = rpc_client_new(client_bus, &peer, 1);
}

static void
let_slow_calls_end(void)
{
    pthread_mutex_lock(&stage.lock);
    stage.open = true;
    pthread_cond_broadcast(&stage.opened);
    pthread_mutex_unlock(&stage.lock);
}

static bool
has_entered(void *count)
{
    return atomic_load(&stage.entered) >= *(int *)count;
}

static void
await_slow(int count)
{
    scene_await(has_entered, &count, "slow calls begin");
}

static status_t
call_by(struct rpc_client *by, struct arena *in, const struct rpc_method *method, const char *word,
        const struct rpc_options *options, const char **ret_word)
{
    Shapes__Leaf leaf = SHAPES__LEAF__INIT;
    ProtobufCMessage *reply;
    status_t st;

    leaf.text = arena_text(in, word);
    st = rpc_call(by, in, method, &leaf.base, options, &reply);
    *ret_word = st ? "" : word_of(reply);
    return st;
}

static status_t
call(const struct rpc_method *method, const char *word, const struct rpc_options *options)
{
    const char *back;
    status_t st = call_by(client, arena, method, word, options, &back);

    if (!st)
        assert_string_equal(back, word);
    return st;
}

static struct rpc_options
keyed(const char *key)
{
    return (struct rpc_options){ .actor = clerk, .idempotency_key = key };
}

static status_t
put_word(const char *word, const char *key)
{
    struct rpc_options options = keyed(key);

    return call(&put, word, &options);
}

static int64_t
things(void)
{
    return test_pg_number(pg, "transfers", "select count(*) from things");
}

/* Runs that the server has repeated by itself: the client repeats too and would hide it. */
static int64_t
repeated(void)
{
    struct strbuf out;
    const char *line;
    int64_t count;

    strbuf_init(&out, 1 << 20);
    metrics_write(&out);
    line = strstr(out.data, "\nliangxin_rpc_repeated_total ");
    count = line ? strtoll(strchr(line, ' '), NULL, 10) : 0;
    strbuf_done(&out);
    return count;
}

/* A call on a thread of its own, with a client of its own. */
struct aside {
    pthread_t thread;
    struct arena *arena;
    const struct rpc_method *method;
    const char *word;
    struct rpc_options options;
    enum problem_name problem; /* PROBLEM_COUNT: none */
};

static void *
aside_main(void *argument)
{
    struct aside *aside = argument;
    struct rpc_client *own = rpc_client_new(client_bus, &peer, 1);
    const char *back;
    status_t st = call_by(own, aside->arena, aside->method, aside->word, &aside->options, &back);

    aside->problem = PROBLEM_COUNT;
    for (int i = 0; st && i < PROBLEM_COUNT; i++)
        if (status_is(st, (enum problem_name)i))
            aside->problem = (enum problem_name)i;
    if (!st && strcmp(back, aside->word) != 0)
        aside->problem = PROBLEM_INTERNAL;
    rpc_client_free(own);
    return NULL;
}

static void
aside_start(struct aside *aside, const struct rpc_method *method, const char *word, struct rpc_options options)
{
    *aside = (struct aside){ .arena = arena_new(1 << 20), .method = method, .word = word, .options = options };
    assert_int_equal(pthread_create(&aside->thread, NULL, aside_main, aside), 0);
}

static enum problem_name
aside_finish(struct aside *aside)
{
    pthread_join(aside->thread, NULL);
    arena_free(aside->arena);
    return aside->problem;
}

/* --- answers ------------------------------------------------------------------------------------------------------ */

static void
test_a_call_is_answered(void **state)
{
    struct rpc_options options = { 0 };

    (void)state;
    serve(dsn, 4, 100);
    for (int i = 0; i < 100; i++)
        assert_null(call(&echo, arena_printf(arena, "党员 %d", i), &options));
}

static void
test_a_refusal_arrives_with_its_field(void **state)
{
    status_t st;

    (void)state;
    serve(dsn, 4, 100);
    atomic_store(&stage.refuse, true);
    st = put_word("a", "key");
    assert_true(status_is(st, PROBLEM_LETTER_OPEN));
    assert_string_equal(st->pointer, "/text");
    assert_int_equal(things(), 0);
}

static void
test_a_method_that_is_not_there_has_no_route(void **state)
{
    struct rpc_options options = { 0 };

    (void)state;
    serve(dsn, 1, 10);
    assert_true(status_is(call(&nowhere, "a", &options), PROBLEM_NO_ROUTE));
}

/* Cured by the request id in the reply header (is_answer): a late answer belongs to nobody. */
static void
test_a_slow_call_times_out_at_its_budget_and_its_late_answer_is_dropped(void **state)
{
    struct rpc_options options = { .budget_ms = 200 };
    int64_t from = clock_ms();

    (void)state;
    serve(dsn, 4, 100);
    assert_true(status_is(call(&slow, "late", &options), PROBLEM_TIMEOUT));
    assert_in_range(clock_ms() - from, 195, 1500);
    let_slow_calls_end();
    options.budget_ms = 5000;
    for (int i = 0; i < 20; i++)
        assert_null(call(&echo, arena_printf(arena, "%d", i), &options));
}

/* Cured by the one queue: an inproc DEALER would deal calls to the worker that is held. */
static void
test_slow_calls_do_not_hold_the_others(void **state)
{
    struct rpc_options options = { .budget_ms = 5000 };
    struct aside aside[3];

    (void)state;
    serve(dsn, 4, 100);
    for (int i = 0; i < 3; i++)
        aside_start(&aside[i], &slow, "slow", options);
    await_slow(3);
    for (int i = 0; i < 50; i++)
        assert_null(call(&echo, "quick", &options));
    let_slow_calls_end();
    for (int i = 0; i < 3; i++)
        assert_int_equal(aside_finish(&aside[i]), PROBLEM_COUNT);
}

static void
send_slow(void *dealer, int number)
{
    struct rpc_request request = { .id = { { (uint8_t)number } }, .method = slow.name, .budget_ms = 60000 };
    struct slice frame = envelope_join(arena, envelope_request_pack(arena, &request), slice_of(""));

    assert_true(bus_send(dealer, &frame, 1));
}

static bool
can_send(void *dealer)
{
    int events = 0;
    size_t size = sizeof events;

    return zmq_getsockopt(dealer, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLOUT);
}

static bool
receive_reply(void *dealer, struct rpc_reply *ret_reply)
{
    struct bus_message message;
    zmq_pollitem_t item = { .socket = dealer, .events = ZMQ_POLLIN };
    struct slice header;
    struct slice body;

    zmq_poll(&item, 1, SCENE_MS);
    if (!bus_receive(dealer, &message))
        return false;
    if (!envelope_split(bus_frame(&message, 0), &header, &body))
        return false;
    header = slice_make(arena_copy(arena, header.data, header.size), header.size);
    bus_message_done(&message);
    return !envelope_reply_unpack(arena, header, ret_reply);
}

/* Cured by the bound of queue_push. */
static void
test_one_call_more_than_the_queue_holds_is_told_to_come_back(void **state)
{
    struct rpc_reply reply;
    void *dealer;

    (void)state;
    serve(dsn, 1, 2);
    dealer = bus_dealer(client_bus, arena_printf(arena, "tcp://%s", peer.hosts), "transfers");
    assert_non_null(dealer);
    scene_await(can_send, dealer, "connected");
    send_slow(dealer, 1);
    await_slow(1);
    for (int i = 2; i <= 4; i++)
        send_slow(dealer, i);
    assert_true(receive_reply(dealer, &reply)); /* the first answer is to the last request */
    assert_int_equal(reply.id.bytes[0], 4);
    assert_true(status_is(reply.status, PROBLEM_EXHAUSTED));
    assert_true(reply.retry_after_ms > 0);
    let_slow_calls_end();
    for (int i = 1; i <= 3; i++) {
        assert_true(receive_reply(dealer, &reply));
        assert_null(reply.status);
        assert_int_equal(reply.id.bytes[0], i);
    }
    bus_socket_close(dealer);
}

/* --- done once ---------------------------------------------------------------------------------------------------- */

static void
test_the_same_key_and_body_give_the_same_answer_and_one_effect(void **state)
{
    (void)state;
    serve(dsn, 4, 100);
    for (int i = 0; i < 3; i++)
        assert_null(put_word("a", "key"));
    assert_int_equal(things(), 1);
    assert_int_equal(atomic_load(&stage.runs), 1);
    assert_null(put_word("b", "another key"));
    assert_int_equal(things(), 2);
}

static void
test_the_same_key_with_another_body_is_refused(void **state)
{
    (void)state;
    serve(dsn, 4, 100);
    assert_null(put_word("a", "key"));
    assert_true(status_is(put_word("b", "key"), PROBLEM_KEY_REUSED));
    assert_int_equal(things(), 1);
}

static void
test_two_accounts_may_use_the_same_key(void **state)
{
    static const char *const may[] = { "things.put", NULL };
    struct rpc_options options = keyed("key");
    struct id other = { { 9 } };

    (void)state;
    serve(dsn, 4, 100);
    assert_null(put_word("a", "key"));
    options.actor = test_actor_token(arena, &other, "clerk", &other, may);
    assert_null(call(&put, "b", &options));
    assert_int_equal(things(), 2);
}

/* Cured by the lock of the key, taken in a statement of its own before the look-up's snapshot. */
static void
test_many_at_once_with_one_key_have_one_effect(void **state)
{
    struct aside aside[CALLERS];

    (void)state;
    serve(dsn, 8, 100);
    atomic_store(&stage.hold, true);
    for (int i = 0; i < CALLERS; i++)
        aside_start(&aside[i], &put, "a", keyed("key"));
    scene_await_number(pg, "transfers",
                       "select count(*) from pg_locks where locktype = 'advisory' and not granted"
                       " and database = (select oid from pg_database where datname = current_database())",
                       7);
    let_slow_calls_end();
    for (int i = 0; i < CALLERS; i++)
        assert_int_equal(aside_finish(&aside[i]), PROBLEM_COUNT);
    assert_int_equal(things(), 1);
    assert_int_equal(atomic_load(&stage.runs), 1);
}

static void
test_a_refusal_is_not_stored(void **state)
{
    (void)state;
    serve(dsn, 4, 100);
    atomic_store(&stage.refuse, true);
    assert_true(status_is(put_word("a", "key"), PROBLEM_LETTER_OPEN));
    atomic_store(&stage.refuse, false);
    assert_null(put_word("a", "key"));
    assert_int_equal(things(), 1);
}

static void
test_a_serialization_failure_is_run_again(void **state)
{
    int64_t before = repeated();

    (void)state;
    serve(dsn, 4, 100);
    atomic_store(&stage.clashes, 2);
    assert_null(put_word("a", "key"));
    assert_int_equal(atomic_load(&stage.runs), 3);
    assert_int_equal(repeated() - before, 2);
    assert_int_equal(things(), 1);
    assert_int_equal(test_pg_number(pg, "transfers", "select count(*) from audit"), 1);
}

/* Cured by run(): an unknown COMMIT is run again, and the stored answer makes that harmless. */
static void
test_a_lost_answer_to_commit_gives_the_caller_its_answer_and_one_effect(void **state)
{
    struct scene_cut cut;
    int64_t before = repeated();

    (void)state;
    serve(dsn_by_proxy, 1, 100);
    scene_cut_start(&cut, proxy, PROXY_HOLD_ANSWER);
    assert_null(put_word("a", "key"));
    scene_cut_finish(&cut);
    assert_true(repeated() > before);
    assert_int_equal(things(), 1);
    assert_int_equal(atomic_load(&stage.runs), 1);
}

static void
test_a_commit_lost_on_its_way_is_done_again(void **state)
{
    struct scene_cut cut;

    (void)state;
    serve(dsn_by_proxy, 1, 100);
    scene_cut_start(&cut, proxy, PROXY_HOLD_COMMIT);
    assert_null(put_word("a", "key"));
    scene_cut_finish(&cut);
    assert_int_equal(things(), 1);
    assert_int_equal(atomic_load(&stage.runs), 2);
}

/* --- who may ------------------------------------------------------------------------------------------------------ */

static void
test_a_change_without_an_audit_row_is_not_committed(void **state)
{
    struct rpc_options options = keyed("key");

    (void)state;
    serve(dsn, 4, 100);
    assert_true(status_is(call(&forget, "a", &options), PROBLEM_INTERNAL));
    assert_int_equal(things(), 0);
}

static void
test_a_change_leaves_who_did_it(void **state)
{
    (void)state;
    serve(dsn, 4, 100);
    assert_null(put_word("a", "key"));
    assert_int_equal(test_pg_number(pg, "transfers",
                                    "select count(*) from audit where account_id::text like '01%' and role = 'clerk'"
                                    " and caller = 'gateway' and action = 'test.v1.Test/Put' and object = 'thing'"),
                     1);
}

static void
test_who_is_not_known_or_may_not_is_refused(void **state)
{
    static const char *const other[] = { "things.read", NULL };
    struct id id = { { 1 } };
    struct rpc_options options = keyed("key");
    char *forged = arena_copy(arena, clerk.data, clerk.size);

    (void)state;
    serve(dsn, 4, 100);
    options.actor = slice_of("");
    assert_true(status_is(call(&put, "a", &options), PROBLEM_UNAUTHENTIC));
    forged[clerk.size - 1] = (char)(forged[clerk.size - 1] ^ 1);
    options.actor = slice_make(forged, clerk.size);
    assert_true(status_is(call(&put, "a", &options), PROBLEM_UNAUTHENTIC));
    options.actor = test_actor_token(arena, &id, "clerk", &id, other);
    assert_true(status_is(call(&put, "a", &options), PROBLEM_DENIED));
    assert_int_equal(atomic_load(&stage.runs), 0);
}

/* Cured by is_listed over the name that ZAP gave the key: nothing in the payload says who calls. */
static void
test_a_caller_that_is_not_listed_is_refused(void **state)
{
    struct rpc_options options = { .actor = clerk };

    (void)state;
    serve(dsn, 4, 100);
    assert_true(status_is(call(&closed, "a", &options), PROBLEM_DENIED));
    options.actor = slice_of("");
    assert_true(status_is(call(&closed, "a", &options), PROBLEM_DENIED));
    assert_null(call(&apply, "a", &options)); /* lists the gateway, who we are */
    assert_int_equal(things(), 1);
}

static void
test_a_command_needs_its_key_and_an_edit_its_version(void **state)
{
    struct rpc_options options = { .actor = clerk };

    (void)state;
    serve(dsn, 4, 100);
    assert_true(status_is(call(&put, "a", &options), PROBLEM_IDEMPOTENCY_KEY_REQUIRED));
    assert_true(status_is(call(&edit, "a", &options), PROBLEM_VERSION_REQUIRED));
    options.has_version = true;
    assert_null(call(&edit, "a", &options));
}

/* --- ends --------------------------------------------------------------------------------------------------------- */

static void *
stop_main(void *argument)
{
    (void)argument;
    rpc_server_stop(server, SCENE_MS);
    return NULL;
}

static bool
is_draining(void *context)
{
    struct rpc_options options = { .budget_ms = 2000 };

    (void)context;
    return status_is(call(&echo, "a", &options), PROBLEM_UNAVAILABLE);
}

/* Cured by drain(): the front goes on giving answers until the workers have ended. */
static void
test_a_server_that_stops_finishes_what_is_in_hand(void **state)
{
    pthread_t stopping;
    struct aside aside;

    (void)state;
    serve(dsn, 2, 100);
    aside_start(&aside, &slow, "in hand", (struct rpc_options){ .budget_ms = 30000 });
    await_slow(1);
    assert_int_equal(pthread_create(&stopping, NULL, stop_main, NULL), 0);
    scene_await(is_draining, NULL, "new calls are sent away");
    let_slow_calls_end();
    assert_int_equal(aside_finish(&aside), PROBLEM_COUNT);
    pthread_join(stopping, NULL);
    server = NULL;
}

static void
test_nobody_there_is_unavailable_at_the_budget(void **state)
{
    struct rpc_options options = { .budget_ms = 200 };
    int64_t from = clock_ms();

    (void)state;
    peer.hosts = arena_printf(arena, "127.0.0.1:%d", scene_port());
    client = rpc_client_new(client_bus, &peer, 1);
    assert_true(status_is(call(&echo, "a", &options), PROBLEM_UNAVAILABLE));
    assert_in_range(clock_ms() - from, 195, 1500);
}

static int
start(void **state)
{
    static const char *const may[] = { "things.put", NULL };
    struct id id = { { 1 } };

    (void)state;
    arena_reset(arena);
    test_pg_run(pg, "transfers", "truncate things, idempotency, audit");
    atomic_store(&stage.runs, 0);
    atomic_store(&stage.clashes, 0);
    atomic_store(&stage.hold, false);
    atomic_store(&stage.refuse, false);
    atomic_store(&stage.entered, 0);
    stage.open = false;
    proxy_set(proxy, PROXY_PASS, NULL);
    clerk = test_actor_token(arena, &id, "clerk", &id, may);
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    let_slow_calls_end();
    rpc_client_free(client);
    rpc_server_stop(server, SCENE_MS);
    client = NULL;
    server = NULL;
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

static const struct CMUnitTest tests[] = {
    TEST(test_a_call_is_answered),
    TEST(test_a_refusal_arrives_with_its_field),
    TEST(test_a_method_that_is_not_there_has_no_route),
    TEST(test_a_slow_call_times_out_at_its_budget_and_its_late_answer_is_dropped),
    TEST(test_slow_calls_do_not_hold_the_others),
    TEST(test_one_call_more_than_the_queue_holds_is_told_to_come_back),
    TEST(test_the_same_key_and_body_give_the_same_answer_and_one_effect),
    TEST(test_the_same_key_with_another_body_is_refused),
    TEST(test_two_accounts_may_use_the_same_key),
    TEST(test_many_at_once_with_one_key_have_one_effect),
    TEST(test_a_refusal_is_not_stored),
    TEST(test_a_serialization_failure_is_run_again),
    TEST(test_a_lost_answer_to_commit_gives_the_caller_its_answer_and_one_effect),
    TEST(test_a_commit_lost_on_its_way_is_done_again),
    TEST(test_a_change_without_an_audit_row_is_not_committed),
    TEST(test_a_change_leaves_who_did_it),
    TEST(test_who_is_not_known_or_may_not_is_refused),
    TEST(test_a_caller_that_is_not_listed_is_refused),
    TEST(test_a_command_needs_its_key_and_an_edit_its_version),
    TEST(test_a_server_that_stops_finishes_what_is_in_hand),
    TEST(test_nobody_there_is_unavailable_at_the_budget),
};

int
main(void)
{
    int failed;

    arena = arena_new(32 << 20);
    lasting = arena_new(1 << 20);
    pg = test_pg_open();
    proxy = proxy_open(test_pg_socket(pg));
    dsn = test_pg_dsn(pg, "transfers");
    dsn_by_proxy = test_pg_dsn_by(pg, "transfers", proxy_port(proxy));
    scene_things(pg, "transfers");
    server_bus = test_bus(lasting, "transfers");
    client_bus = test_bus(lasting, "gateway");
    actor_public = test_actor_public(arena);
    rpc_server_metrics();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    bus_close(client_bus);
    bus_close(server_bus);
    proxy_close(proxy);
    test_pg_close(pg);
    arena_free(lasting);
    arena_free(arena);
    return failed;
}
