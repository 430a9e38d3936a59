/* SPDX-License-Identifier: Apache-2.0 */
/* Proof at start that our door is shut: a stranger who knows the server's public key is refused, we ourselves come in.
 * Uses a ROUTER of its own on a free loopback port. Main thread. */
#include <stdio.h>

#include "base/check.h"
#include "io/bus_private.h"
#include "io/clock.h"
#include "base/banned.h"

#define TEST_MS 3000

enum outcome { LET_IN, REFUSED, SILENT };

static bool
read_event(void *monitor, int *ret_event)
{
    struct bus_message message;
    uint16_t event;

    if (!bus_receive(monitor, &message))
        return false;
    memcpy(&event, zmq_msg_data(&message.frame[0]), sizeof event);
    *ret_event = event;
    bus_message_done(&message);
    return true;
}

static enum outcome
wait_outcome(void *monitor)
{
    int64_t until = clock_ms() + TEST_MS;

    while (clock_ms() < until) {
        zmq_pollitem_t item = { .socket = monitor, .events = ZMQ_POLLIN };
        int event = 0;

        zmq_poll(&item, 1, until - clock_ms());
        while (read_event(monitor, &event)) {
            if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED)
                return LET_IN;
            if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH || event == ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL)
                return REFUSED;
        }
    }
    return SILENT;
}

static enum outcome
try_key(struct bus *bus, const char *endpoint, const char *monitor_name, const char *public_key, const char *secret_key)
{
    int events = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL;
    void *monitor = zmq_socket(bus->context, ZMQ_PAIR);
    void *client = bus_client(bus, ZMQ_DEALER, bus->own.key, public_key, secret_key);
    enum outcome outcome = SILENT;

    CHECK(monitor && client);
    if (zmq_socket_monitor(client, monitor_name, events) == 0 && zmq_connect(monitor, monitor_name) == 0 &&
        zmq_connect(client, endpoint) == 0)
        outcome = wait_outcome(monitor);
    bus_socket_close(client);
    bus_socket_close(monitor);
    return outcome;
}

status_t
bus_self_test(struct arena *arena, struct bus *bus)
{
    char stranger_public[BUS_KEY_SIZE];
    char stranger_secret[BUS_KEY_SIZE];
    char endpoint[64];
    size_t size = sizeof endpoint;
    void *server = bus_router(bus, "tcp://127.0.0.1:*");
    enum outcome stranger;
    enum outcome ourselves;

    if (!server || zmq_getsockopt(server, ZMQ_LAST_ENDPOINT, endpoint, &size) != 0 ||
        zmq_curve_keypair(stranger_public, stranger_secret) != 0)
        return status_detail(arena, PROBLEM_INTERNAL, "bus self-test: no socket");
    stranger = try_key(bus, endpoint, "inproc://self-test.stranger", stranger_public, stranger_secret);
    ourselves = try_key(bus, endpoint, "inproc://self-test.ourselves", bus->own.key, bus->secret);
    bus_socket_close(server);
    if (stranger != REFUSED)
        return status_detail(arena, PROBLEM_INTERNAL, "bus self-test: an unknown key was not refused");
    if (ourselves != LET_IN)
        return status_detail(arena, PROBLEM_INTERNAL,
                             "bus self-test: our own key was not let in; is it in the peers file?");
    return OK;
}
