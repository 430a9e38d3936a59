/* SPDX-License-Identifier: Apache-2.0 */
/* ZeroMQ sockets with our options. Each socket is used by the thread that made it; the context and the peers table are
 * shared and do not change after bus_open. The ZAP thread lives in bus_zap.c. */
#include "io/bus.h"

#include <errno.h>
#include <stdio.h>

#include "base/check.h"
#include "base/text.h"
#include "io/bus_private.h"
#include "io/clock.h"
#include "base/banned.h"

#define HIGH_WATER           1000
#define HEARTBEAT_MS         1000
#define HEARTBEAT_TIMEOUT_MS 3000
#define HEARTBEAT_TTL_MS     5000
#define HANDSHAKE_MS         3000
#define RECONNECT_MS         50
#define RECONNECT_MAX_MS     500
#define BACKLOG              512
#define CURVE_ADDS           64 /* at least what CURVE puts around a frame: 33 bytes */

static status_t
add_peer(struct arena *arena, struct bus *bus, struct slice line)
{
    const char *space = memchr(line.data, ' ', line.size);
    size_t name = space ? (size_t)(space - line.data) : 0;
    struct bus_peer *peer = &bus->peers[bus->n_peers];

    if (name == 0 || name >= sizeof peer->name || line.size - name - 1 != BUS_KEY_SIZE - 1 || bus->n_peers == BUS_PEERS)
        return status_detail(arena, PROBLEM_BAD_FORMAT, "peers file: expected lines of a name and a key");
    memcpy(peer->name, line.data, name);
    memcpy(peer->key, space + 1, BUS_KEY_SIZE - 1);
    bus->n_peers++;
    return OK;
}

static status_t
read_peers(struct arena *arena, struct bus *bus, const char *peers)
{
    while (*peers) {
        size_t length = strcspn(peers, "\n");
        struct slice line = text_trim(slice_make(peers, length));
        status_t st = line.size ? add_peer(arena, bus, line) : OK;

        if (st)
            return st;
        peers += length + (peers[length] == '\n');
    }
    return OK;
}

status_t
bus_open(struct arena *arena, const char *name, const char *secret, const char *peers, struct bus **ret_bus)
{
    struct bus *bus = arena_alloc(arena, sizeof *bus);
    status_t st;

    if (strlen(secret) != BUS_KEY_SIZE - 1 || zmq_curve_public(bus->own.key, secret) != 0)
        return status_detail(arena, PROBLEM_BAD_FORMAT, "the CURVE secret is not 40 characters of Z85");
    snprintf(bus->own.name, sizeof bus->own.name, "%s", name);
    memcpy(bus->secret, secret, BUS_KEY_SIZE);
    st = read_peers(arena, bus, peers);
    if (st)
        return st;
    bus->context = zmq_ctx_new();
    CHECK(bus->context != NULL);
    CHECK(zmq_ctx_set(bus->context, ZMQ_BLOCKY, 0) == 0);
    bus_zap_start(bus);
    *ret_bus = bus;
    return OK;
}

void
bus_close(struct bus *bus)
{
    if (!bus)
        return;
    bus_zap_stop(bus);
    zmq_ctx_term(bus->context);
}

const struct bus_peer *
bus_find_peer(const struct bus *bus, const char *name)
{
    for (size_t i = 0; i < bus->n_peers; i++)
        if (strcmp(bus->peers[i].name, name) == 0)
            return &bus->peers[i];
    return NULL;
}

static void
set_int(void *socket, int option, int value)
{
    CHECK(zmq_setsockopt(socket, option, &value, sizeof value) == 0);
}

static void
set_common(void *socket)
{
    static const struct {
        int option;
        int value;
    } options[] = {
        { ZMQ_LINGER, 0 },
        { ZMQ_SNDHWM, HIGH_WATER },
        { ZMQ_RCVHWM, HIGH_WATER },
        { ZMQ_SNDTIMEO, 0 },
        { ZMQ_HEARTBEAT_IVL, HEARTBEAT_MS },
        { ZMQ_HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT_MS },
        { ZMQ_HEARTBEAT_TTL, HEARTBEAT_TTL_MS },
        { ZMQ_HANDSHAKE_IVL, HANDSHAKE_MS },
        { ZMQ_RECONNECT_IVL_MAX, RECONNECT_MAX_MS },
        { ZMQ_BACKLOG, BACKLOG },
    };
    int64_t limit = (int64_t)BUS_MESSAGE_LIMIT + CURVE_ADDS;
    uint8_t jitter;

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        set_int(socket, options[i].option, options[i].value);
    CHECK(zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &limit, sizeof limit) == 0);
    clock_random(&jitter, sizeof jitter);
    set_int(socket, ZMQ_RECONNECT_IVL, RECONNECT_MS + jitter % RECONNECT_MS);
}

static void *
close_with_errno(void *socket)
{
    int error = errno;

    zmq_close(socket);
    errno = error;
    return NULL;
}

static void *
bind_server(struct bus *bus, int type, const char *endpoint)
{
    void *socket = zmq_socket(bus->context, type);

    if (!socket)
        return NULL;
    set_common(socket);
    set_int(socket, ZMQ_CURVE_SERVER, 1);
    set_int(socket, ZAP_ENFORCE_DOMAIN, 1);
    CHECK(zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, bus->secret, BUS_KEY_SIZE) == 0);
    CHECK(zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, BUS_DOMAIN, strlen(BUS_DOMAIN)) == 0);
    if (type == ZMQ_ROUTER)
        set_int(socket, ZMQ_ROUTER_MANDATORY, 1);
    return zmq_bind(socket, endpoint) == 0 ? socket : close_with_errno(socket);
}

void *
bus_client(struct bus *bus, int type, const char *server_key, const char *public_key, const char *secret_key)
{
    void *socket = zmq_socket(bus->context, type);

    if (!socket)
        return NULL;
    set_common(socket);
    CHECK(zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server_key, BUS_KEY_SIZE) == 0);
    CHECK(zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, public_key, BUS_KEY_SIZE) == 0);
    CHECK(zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, secret_key, BUS_KEY_SIZE) == 0);
    if (type == ZMQ_DEALER)
        set_int(socket, ZMQ_IMMEDIATE, 1);
    else
        CHECK(zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0) == 0);
    return socket;
}

static void *
connect_client(struct bus *bus, int type, const char *endpoint, const char *peer)
{
    const struct bus_peer *server = bus_find_peer(bus, peer);
    void *socket;

    if (!server) {
        errno = EACCES;
        return NULL;
    }
    socket = bus_client(bus, type, server->key, bus->own.key, bus->secret);
    return socket && zmq_connect(socket, endpoint) != 0 ? close_with_errno(socket) : socket;
}

void *
bus_router(struct bus *bus, const char *endpoint)
{
    return bind_server(bus, ZMQ_ROUTER, endpoint);
}

void *
bus_publisher(struct bus *bus, const char *endpoint)
{
    return bind_server(bus, ZMQ_PUB, endpoint);
}

void *
bus_dealer(struct bus *bus, const char *endpoint, const char *peer)
{
    return connect_client(bus, ZMQ_DEALER, endpoint, peer);
}

void *
bus_subscriber(struct bus *bus, const char *endpoint, const char *peer)
{
    return connect_client(bus, ZMQ_SUB, endpoint, peer);
}

static void *
inner_socket(struct bus *bus, int type, const char *endpoint, int (*attach)(void *, const char *))
{
    void *socket = zmq_socket(bus->context, type);

    if (!socket)
        return NULL;
    set_int(socket, ZMQ_LINGER, 0);
    set_int(socket, ZMQ_SNDHWM, 0);
    set_int(socket, ZMQ_RCVHWM, 0);
    return attach(socket, endpoint) == 0 ? socket : close_with_errno(socket);
}

void *
bus_puller(struct bus *bus, const char *endpoint)
{
    return inner_socket(bus, ZMQ_PULL, endpoint, zmq_bind);
}

void *
bus_pusher(struct bus *bus, const char *endpoint)
{
    return inner_socket(bus, ZMQ_PUSH, endpoint, zmq_connect);
}

void
bus_socket_close(void *socket)
{
    if (socket)
        zmq_close(socket);
}

int
bus_descriptor(void *socket)
{
    size_t size = sizeof(int);
    int fd = -1;

    CHECK(zmq_getsockopt(socket, ZMQ_FD, &fd, &size) == 0);
    return fd;
}

bool
bus_send(void *socket, const struct slice *frames, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (frames[i].size > BUS_MESSAGE_LIMIT) {
            errno = EMSGSIZE;
            return false;
        }
    for (size_t i = 0; i < count; i++) {
        int flags = ZMQ_DONTWAIT | (i + 1 < count ? ZMQ_SNDMORE : 0);

        /* once the first frame is taken, the others of the message are taken too */
        if (zmq_send(socket, frames[i].data, frames[i].size, flags) < 0) {
            CHECK(i == 0 || errno == EHOSTUNREACH || errno == ETERM || errno == EAGAIN);
            return false;
        }
    }
    return true;
}

bool
bus_forward(void *socket, struct bus_message *message)
{
    for (size_t i = 0; i < message->count; i++) {
        int flags = ZMQ_DONTWAIT | (i + 1 < message->count ? ZMQ_SNDMORE : 0);

        if (zmq_msg_send(&message->frame[i], socket, flags) < 0)
            return false;
    }
    return true;
}

static bool
drop_rest(void *socket)
{
    zmq_msg_t rest;
    bool more = true;

    while (more) {
        zmq_msg_init(&rest);
        if (zmq_msg_recv(&rest, socket, ZMQ_DONTWAIT) < 0)
            more = false;
        else
            more = zmq_msg_more(&rest);
        zmq_msg_close(&rest);
    }
    return true;
}

bool
bus_receive(void *socket, struct bus_message *ret_message)
{
    bool more = true;

    ret_message->count = 0;
    ret_message->malformed = false;
    while (more && ret_message->count < BUS_FRAMES) {
        zmq_msg_t *frame = &ret_message->frame[ret_message->count];

        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, socket, ZMQ_DONTWAIT) < 0) {
            zmq_msg_close(frame);
            bus_message_done(ret_message);
            return false;
        }
        ret_message->count++;
        more = zmq_msg_more(frame);
    }
    if (more)
        ret_message->malformed = drop_rest(socket);
    return true;
}

void
bus_message_done(struct bus_message *message)
{
    for (size_t i = 0; i < message->count; i++)
        zmq_msg_close(&message->frame[i]);
    message->count = 0;
}

void
bus_message_move(struct bus_message *to, struct bus_message *from)
{
    to->count = from->count;
    to->malformed = from->malformed;
    for (size_t i = 0; i < from->count; i++) {
        zmq_msg_init(&to->frame[i]);
        zmq_msg_move(&to->frame[i], &from->frame[i]);
    }
    bus_message_done(from);
}

struct slice
bus_frame(struct bus_message *message, size_t i)
{
    CHECK(i < message->count);
    return slice_make(zmq_msg_data(&message->frame[i]), zmq_msg_size(&message->frame[i]));
}

const char *
bus_caller(struct bus_message *message)
{
    return message->count ? zmq_msg_gets(&message->frame[message->count - 1], "User-Id") : NULL;
}
