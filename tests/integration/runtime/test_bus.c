/* SPDX-License-Identifier: Apache-2.0 */
/* ZeroMQ's traps, each with the cure of io/bus.c or rpc/peers.c: doors that stand open, messages that vanish without a
 * word, peers that are dead, messages that cost the connection. */
#include "support/cmocka_all.h"

#include <errno.h>

#include "io/bus.h"
#include "io/clock.h"
#include "rpc/peers.h"
#include "scene.h"
#include "support/keys.h"

#define FLOOD          3000
#define QUIET_MS       300 /* long enough for loopback to have brought what it would bring */
#define ENFORCE_DOMAIN 93  /* ZMQ_ZAP_ENFORCE_DOMAIN, hidden in Debian's header */

static struct arena *arena;
static struct arena *lasting;
static struct bus *server_bus; /* transfers */
static struct bus *client_bus; /* gateway */
static void *router;
static const char *endpoint;

static const char *
endpoint_of(void *socket)
{
    char text[64];
    size_t size = sizeof text;

    assert_int_equal(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, text, &size), 0);
    return arena_text(arena, text);
}

static bool
can_send(void *socket)
{
    int events = 0;
    size_t size = sizeof events;

    return zmq_getsockopt(socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLOUT);
}

static bool
await_message(void *socket, int ms, struct bus_message *ret_message)
{
    zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLIN };

    zmq_poll(&item, 1, ms);
    return bus_receive(socket, ret_message);
}

static void
send_text(void *socket, const char *text)
{
    struct slice frames[] = { slice_of("header"), slice_of(text) };

    assert_true(bus_send(socket, frames, 2));
}

static void *
connected_dealer(void)
{
    void *dealer = bus_dealer(client_bus, endpoint, "transfers");

    assert_non_null(dealer);
    scene_await(can_send, dealer, "connected");
    return dealer;
}

/* A CURVE client that bus.c did not make. */
static void *
stranger(void *context, const char *to, const char *public_key, const char *secret_key)
{
    char server_key[BUS_KEY_SIZE];
    void *socket = zmq_socket(context, ZMQ_DEALER);
    int one = 1;
    int zero = 0;

    assert_int_equal(zmq_curve_public(server_key, test_key(arena, "transfers.curve.secret")), 0);
    zmq_setsockopt(socket, ZMQ_LINGER, &zero, sizeof zero);
    zmq_setsockopt(socket, ZMQ_IMMEDIATE, &one, sizeof one);
    zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, BUS_KEY_SIZE);
    zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key, BUS_KEY_SIZE);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_key, BUS_KEY_SIZE);
    assert_int_equal(zmq_connect(socket, to), 0);
    return socket;
}

/* True when the socket may send within QUIET_MS: its handshake is through. */
static bool
is_let_in(void *socket)
{
    zmq_pollitem_t item = { .socket = socket, .events = ZMQ_POLLOUT };

    return zmq_poll(&item, 1, QUIET_MS) > 0;
}

/* --- the door ----------------------------------------------------------------------------------------------------- */

static void
test_a_known_key_comes_in_under_its_name(void **state)
{
    void *dealer = connected_dealer();
    struct bus_message message;

    (void)state;
    send_text(dealer, "hello");
    assert_true(await_message(router, SCENE_MS, &message));
    assert_int_equal(message.count, 3);
    assert_true(slice_is(bus_frame(&message, 2), "hello"));
    assert_string_equal(bus_caller(&message), "gateway");
    bus_message_done(&message);
    bus_socket_close(dealer);
}

/* Cured by the ZAP handler: CURVE alone lets in whoever knows the server's public key. */
static void
test_an_unknown_key_is_refused(void **state)
{
    void *context = zmq_ctx_new();
    char public_key[BUS_KEY_SIZE];
    char secret_key[BUS_KEY_SIZE];
    void *socket;

    (void)state;
    assert_int_equal(zmq_curve_keypair(public_key, secret_key), 0);
    socket = stranger(context, endpoint, public_key, secret_key);
    assert_false(is_let_in(socket));
    zmq_close(socket);
    zmq_ctx_term(context);
}

static void
test_a_client_without_curve_is_refused(void **state)
{
    void *context = zmq_ctx_new();
    void *socket = zmq_socket(context, ZMQ_DEALER);
    struct bus_message message;
    int zero = 0;

    (void)state;
    zmq_setsockopt(socket, ZMQ_LINGER, &zero, sizeof zero);
    assert_int_equal(zmq_connect(socket, endpoint), 0);
    zmq_send(socket, "hello", 5, ZMQ_DONTWAIT);
    assert_false(await_message(router, QUIET_MS, &message));
    zmq_close(socket);
    zmq_ctx_term(context);
}

static void *
server_without_handler(void *context, bool enforce)
{
    void *socket = zmq_socket(context, ZMQ_ROUTER);
    int one = 1;
    int zero = 0;

    zmq_setsockopt(socket, ZMQ_LINGER, &zero, sizeof zero);
    zmq_setsockopt(socket, ZMQ_CURVE_SERVER, &one, sizeof one);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, test_key(arena, "transfers.curve.secret"), BUS_KEY_SIZE);
    zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, "liangxin", 8);
    if (enforce)
        assert_int_equal(zmq_setsockopt(socket, ENFORCE_DOMAIN, &one, sizeof one), 0);
    assert_int_equal(zmq_bind(socket, "tcp://127.0.0.1:*"), 0);
    return socket;
}

/* Cured by ZAP_ENFORCE_DOMAIN in bind_server: without it a dead or late handler lets everybody in. */
static void
test_a_server_whose_handler_is_away_lets_nobody_in(void **state)
{
    void *context = zmq_ctx_new();
    void *open = server_without_handler(context, false);
    void *shut = server_without_handler(context, true);
    char public_key[BUS_KEY_SIZE];
    char secret_key[BUS_KEY_SIZE];
    void *to_open;
    void *to_shut;

    (void)state;
    assert_int_equal(zmq_curve_keypair(public_key, secret_key), 0);
    to_open = stranger(context, endpoint_of(open), public_key, secret_key);
    to_shut = stranger(context, endpoint_of(shut), public_key, secret_key);
    assert_true(is_let_in(to_open)); /* the trap */
    assert_false(is_let_in(to_shut));
    zmq_close(to_open);
    zmq_close(to_shut);
    zmq_close(open);
    zmq_close(shut);
    zmq_ctx_term(context);
}

static void
test_our_sockets_enforce_the_domain(void **state)
{
    int value = 0;
    size_t size = sizeof value;

    (void)state;
    assert_int_equal(zmq_getsockopt(router, ENFORCE_DOMAIN, &value, &size), 0);
    assert_int_equal(value, 1);
}

static void
test_a_message_that_no_key_vouches_for_has_no_caller(void **state)
{
    void *puller = bus_puller(server_bus, "inproc://test.anonymous");
    void *pusher = bus_pusher(server_bus, "inproc://test.anonymous");
    struct bus_message message;

    (void)state;
    send_text(pusher, "hello");
    assert_true(await_message(puller, SCENE_MS, &message));
    assert_null(bus_caller(&message));
    bus_message_done(&message);
    bus_socket_close(pusher);
    bus_socket_close(puller);
}

static void
test_the_self_test_passes_with_our_key_and_fails_without_it(void **state)
{
    struct bus *bus;

    (void)state;
    assert_null(bus_self_test(arena, server_bus));
    assert_null(bus_open(arena, "transfers", test_key(arena, "transfers.curve.secret"), "", &bus));
    assert_non_null(strstr(bus_self_test(arena, bus)->detail, "our own key was not let in"));
    bus_close(bus);
}

static void
test_keys_and_peers_that_are_no_keys_are_refused(void **state)
{
    static const char *const peers[] = { "name", "name short", "a b c", " key" };
    const char *secret = test_key(arena, "transfers.curve.secret");
    struct bus *bus;

    (void)state;
    assert_non_null(bus_open(arena, "transfers", "short", "", &bus));
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++)
        assert_non_null(bus_open(arena, "transfers", secret, peers[i], &bus));
    assert_null(bus_dealer(client_bus, endpoint, "nobody"));
    assert_int_equal(errno, EACCES);
}

/* --- nothing vanishes without a word ------------------------------------------------------------------------------ */

/* Cured by ZMQ_ROUTER_MANDATORY in bind_server and DONTWAIT in bus_send: by default a ROUTER drops at the high-water
 * mark and calls it success. */
static void
test_what_a_router_cannot_queue_the_sender_is_told(void **state)
{
    static char body[8192];
    void *dealer = connected_dealer();
    struct bus_message hello;
    struct slice frames[3];
    struct bus_message message;
    int sent = 0;
    int told = 0;
    int received = 0;

    (void)state;
    send_text(dealer, "hello");
    assert_true(await_message(router, SCENE_MS, &hello));
    frames[0] = bus_frame(&hello, 0);
    frames[1] = slice_of("header");
    frames[2] = slice_make(body, sizeof body);
    for (int i = 0; i < FLOOD; i++) {
        if (bus_send(router, frames, 3))
            sent++;
        else if (errno == EAGAIN)
            told++;
    }
    assert_int_equal(sent + told, FLOOD);
    assert_true(told > 0);
    while (received < sent && await_message(dealer, SCENE_MS, &message)) {
        received++;
        bus_message_done(&message);
    }
    assert_int_equal(received, sent); /* none lost silently */
    bus_message_done(&hello);
    bus_socket_close(dealer);
}

static void
test_an_answer_to_somebody_who_left_is_told(void **state)
{
    struct slice frames[] = { slice_of("gone!"), slice_of("header"), slice_of("") };

    (void)state;
    assert_false(bus_send(router, frames, 3));
    assert_int_equal(errno, EHOSTUNREACH);
}

/* Cured by the check of sizes in bus_send: a frame over MAXMSGSIZE would cost the connection and all behind it. */
static void
test_a_message_over_the_limit_is_refused_at_the_sender_and_the_next_one_arrives(void **state)
{
    char *body = calloc(1, BUS_MESSAGE_LIMIT + 1);
    struct slice frames[] = { slice_of("header"), slice_make(body, BUS_MESSAGE_LIMIT + 1) };
    void *dealer = connected_dealer();
    struct bus_message message;

    (void)state;
    assert_non_null(body);
    send_text(dealer, "before");
    assert_false(bus_send(dealer, frames, 2));
    assert_int_equal(errno, EMSGSIZE);
    frames[1].size = BUS_MESSAGE_LIMIT; /* just fits */
    assert_true(bus_send(dealer, frames, 2));
    send_text(dealer, "after");
    assert_true(await_message(router, SCENE_MS, &message));
    assert_true(slice_is(bus_frame(&message, 2), "before"));
    bus_message_done(&message);
    assert_true(await_message(router, SCENE_MS, &message));
    assert_int_equal(bus_frame(&message, 2).size, BUS_MESSAGE_LIMIT);
    bus_message_done(&message);
    assert_true(await_message(router, SCENE_MS, &message));
    assert_true(slice_is(bus_frame(&message, 2), "after"));
    bus_message_done(&message);
    bus_socket_close(dealer);
    free(body);
}

static void
test_more_frames_than_a_call_has_are_marked_and_the_next_message_is_whole(void **state)
{
    struct slice many[] = { slice_of("1"), slice_of("2"), slice_of("3"), slice_of("4"), slice_of("5") };
    void *dealer = connected_dealer();
    struct bus_message message;

    (void)state;
    assert_true(bus_send(dealer, many, 5));
    send_text(dealer, "next");
    assert_true(await_message(router, SCENE_MS, &message));
    assert_true(message.malformed);
    bus_message_done(&message);
    assert_true(await_message(router, SCENE_MS, &message));
    assert_false(message.malformed);
    assert_true(slice_is(bus_frame(&message, 2), "next"));
    bus_message_done(&message);
    bus_socket_close(dealer);
}

/* --- peers that are away ------------------------------------------------------------------------------------------ */

/* Cured by ZMQ_IMMEDIATE in bus_client: a DEALER otherwise parks messages for a peer that is not there. */
static void
test_nothing_is_parked_for_a_peer_that_is_down(void **state)
{
    void *dealer = bus_dealer(client_bus, arena_printf(arena, "tcp://127.0.0.1:%d", scene_port()), "transfers");
    struct slice frames[] = { slice_of("header"), slice_of("body") };

    (void)state;
    assert_non_null(dealer);
    assert_false(can_send(dealer));
    assert_false(bus_send(dealer, frames, 2));
    assert_int_equal(errno, EAGAIN);
    bus_socket_close(dealer);
}

struct pick {
    struct rpc_peers *peers;
};

static bool
somebody_is_there(void *context)
{
    return peers_pick(((struct pick *)context)->peers, "transfers") != NULL;
}

/* Cured by can_send in peers_pick. */
static void
test_of_two_instances_the_one_that_is_up_gets_all_calls(void **state)
{
    const char *alive = endpoint + strlen("tcp://");
    const char *hosts = arena_printf(arena, "127.0.0.1:%d,%s", scene_port(), alive);
    struct pick pick = { peers_new(client_bus) };
    struct rpc_endpoints endpoints;
    struct bus_message message;

    (void)state;
    peers_add(pick.peers, "transfers", hosts);
    peers_resolve(hosts, &endpoints);
    assert_int_equal(endpoints.count, 2);
    peers_update(pick.peers, "transfers", &endpoints);
    scene_await(somebody_is_there, &pick, "an instance");
    for (int i = 0; i < 100; i++) {
        struct rpc_instance *instance = peers_pick(pick.peers, "transfers");

        assert_string_equal(instance->endpoint, endpoint);
        send_text(instance->socket, "call");
    }
    for (int i = 0; i < 100; i++) {
        assert_true(await_message(router, SCENE_MS, &message));
        bus_message_done(&message);
    }
    peers_free(pick.peers);
}

static bool
both_are_there(void *context)
{
    struct rpc_peers *peers = ((struct pick *)context)->peers;

    return can_send(peers_at(peers, 0)->socket) && can_send(peers_at(peers, 1)->socket);
}

static void
test_the_instance_with_the_fewest_calls_in_flight_is_picked(void **state)
{
    void *second = bus_router(server_bus, "tcp://127.0.0.1:*");
    struct pick pick = { peers_new(client_bus) };
    struct rpc_endpoints endpoints;
    const char *hosts;
    int in_flight[2] = { 0 };

    (void)state;
    hosts = arena_printf(arena, "%s,%s", endpoint + 6, endpoint_of(second) + 6);
    peers_add(pick.peers, "transfers", hosts);
    peers_resolve(hosts, &endpoints);
    peers_update(pick.peers, "transfers", &endpoints);
    scene_await(both_are_there, &pick, "both instances");
    for (int i = 0; i < 100; i++)
        peers_pick(pick.peers, "transfers")->in_flight++;
    for (size_t i = 0; i < 2; i++)
        in_flight[i] = peers_at(pick.peers, i)->in_flight;
    assert_int_equal(in_flight[0], 50);
    assert_int_equal(in_flight[1], 50);
    peers_at(pick.peers, 0)->in_flight = 0;
    for (int i = 0; i < 10; i++)
        assert_ptr_equal(peers_pick(pick.peers, "transfers"), peers_at(pick.peers, 0));
    peers_free(pick.peers);
    bus_socket_close(second);
}

static void
test_an_instance_no_longer_named_takes_no_calls_and_closes_when_idle(void **state)
{
    void *second = bus_router(server_bus, "tcp://127.0.0.1:*");
    struct pick pick = { peers_new(client_bus) };
    struct rpc_endpoints endpoints;
    struct rpc_instance *leaving;
    const char *hosts;

    (void)state;
    hosts = arena_printf(arena, "%s,%s", endpoint + 6, endpoint_of(second) + 6);
    peers_add(pick.peers, "transfers", hosts);
    peers_resolve(hosts, &endpoints);
    peers_update(pick.peers, "transfers", &endpoints);
    scene_await(both_are_there, &pick, "both instances");
    leaving = peers_at(pick.peers, 1);
    leaving->in_flight = 1;
    endpoints.count = 1;
    peers_update(pick.peers, "transfers", &endpoints);
    for (int i = 0; i < 10; i++)
        assert_ptr_not_equal(peers_pick(pick.peers, "transfers"), leaving);
    assert_non_null(peers_at(pick.peers, 1)); /* its answer may still come */
    leaving->in_flight = 0;
    peers_update(pick.peers, "transfers", &endpoints);
    assert_null(peers_at(pick.peers, 1));
    endpoints.count = 0; /* the resolver is away: nothing changes */
    peers_update(pick.peers, "transfers", &endpoints);
    assert_non_null(peers_at(pick.peers, 0));
    peers_free(pick.peers);
    bus_socket_close(second);
}

static void
test_host_lists_are_resolved_without_doubles(void **state)
{
    static const struct {
        const char *hosts;
        size_t count;
    } rows[] = {
        { "127.0.0.1:8710", 1 },
        { "127.0.0.1:8710,127.0.0.1:8711", 2 },
        { "127.0.0.1:8710,127.0.0.1:8710", 1 },
        { "", 0 },
        { "127.0.0.1", 0 },
        { "127.0.0.1:8710,", 1 },
        { "127.0.0.1:123456789", 0 },
    };
    struct rpc_endpoints endpoints;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        peers_resolve(rows[i].hosts, &endpoints);
        if (endpoints.count != rows[i].count)
            fail_msg("%s gives %zu", rows[i].hosts, endpoints.count);
    }
    peers_resolve("127.0.0.1:8710", &endpoints);
    assert_string_equal(endpoints.endpoint[0], "tcp://127.0.0.1:8710");
}

static int
start(void **state)
{
    (void)state;
    arena_reset(arena);
    router = bus_router(server_bus, "tcp://127.0.0.1:*");
    assert_non_null(router);
    endpoint = endpoint_of(router);
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    bus_socket_close(router);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, finish)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_known_key_comes_in_under_its_name),
        TEST(test_an_unknown_key_is_refused),
        TEST(test_a_client_without_curve_is_refused),
        TEST(test_a_server_whose_handler_is_away_lets_nobody_in),
        TEST(test_our_sockets_enforce_the_domain),
        TEST(test_a_message_that_no_key_vouches_for_has_no_caller),
        TEST(test_the_self_test_passes_with_our_key_and_fails_without_it),
        TEST(test_keys_and_peers_that_are_no_keys_are_refused),
        TEST(test_what_a_router_cannot_queue_the_sender_is_told),
        TEST(test_an_answer_to_somebody_who_left_is_told),
        TEST(test_a_message_over_the_limit_is_refused_at_the_sender_and_the_next_one_arrives),
        TEST(test_more_frames_than_a_call_has_are_marked_and_the_next_message_is_whole),
        TEST(test_nothing_is_parked_for_a_peer_that_is_down),
        TEST(test_of_two_instances_the_one_that_is_up_gets_all_calls),
        TEST(test_the_instance_with_the_fewest_calls_in_flight_is_picked),
        TEST(test_an_instance_no_longer_named_takes_no_calls_and_closes_when_idle),
        TEST(test_host_lists_are_resolved_without_doubles),
    };
    int failed;

    arena = arena_new(1 << 20);
    lasting = arena_new(1 << 20);
    server_bus = test_bus(lasting, "transfers");
    client_bus = test_bus(lasting, "gateway");
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    if (failed)
        return failed; /* a test that ended early has left sockets open, for which bus_close would wait */
    bus_close(client_bus);
    bus_close(server_bus);
    arena_free(lasting);
    arena_free(arena);
    return failed;
}
