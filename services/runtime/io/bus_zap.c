/* SPDX-License-Identifier: Apache-2.0 */
/* The ZAP handler (RFC 27): one thread that answers "may this key come in, and as whom?" from the peers table. The name
 * becomes the message's User-Id; nothing in a payload says who the caller is. */
#include <errno.h>

#include "base/check.h"
#include "io/bus_private.h"
#include "base/banned.h"

#define ZAP_ENDPOINT  "inproc://zeromq.zap.01"
#define STOP_ENDPOINT "inproc://liangxin.zap.stop"
#define ZAP_FRAMES    7 /* version, request id, domain, address, identity, mechanism, key */

struct zap_request {
    char request_id[256];
    size_t request_id_size;
    bool is_curve;
    uint8_t key[32];
    bool has_key;
};

static bool
read_request(void *socket, struct zap_request *ret_request)
{
    int more = 1;

    *ret_request = (struct zap_request){ 0 };
    for (int i = 0; more; i++) {
        char frame[256];
        size_t size = sizeof more;
        int n = zmq_recv(socket, frame, sizeof frame, 0);

        if (n < 0)
            return false;
        if (i == 1 && n <= (int)sizeof frame) {
            memcpy(ret_request->request_id, frame, (size_t)n);
            ret_request->request_id_size = (size_t)n;
        } else if (i == 5) {
            ret_request->is_curve = n == 5 && memcmp(frame, "CURVE", 5) == 0;
        } else if (i == ZAP_FRAMES - 1 && n == (int)sizeof ret_request->key) {
            memcpy(ret_request->key, frame, sizeof ret_request->key);
            ret_request->has_key = true;
        }
        CHECK(zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &size) == 0);
    }
    return true;
}

static const char *
name_of_key(const struct bus *bus, const struct zap_request *request)
{
    char text[BUS_KEY_SIZE];

    if (!request->is_curve || !request->has_key || !zmq_z85_encode(text, request->key, sizeof request->key))
        return NULL;
    for (size_t i = 0; i < bus->n_peers; i++)
        if (memcmp(bus->peers[i].key, text, BUS_KEY_SIZE) == 0)
            return bus->peers[i].name;
    return NULL;
}

static void
answer(void *socket, const struct zap_request *request, const char *name)
{
    const struct slice frames[] = {
        slice_of("1.0"),
        slice_make(request->request_id, request->request_id_size),
        slice_of(name ? "200" : "400"),
        slice_of(name ? "OK" : "unknown key"),
        slice_of(name),
        slice_of(""),
    };
    size_t count = sizeof frames / sizeof *frames;

    for (size_t i = 0; i < count; i++)
        zmq_send(socket, frames[i].data, frames[i].size, i + 1 < count ? ZMQ_SNDMORE : 0);
}

static void *
zap_main(void *argument)
{
    struct bus *bus = argument;
    void *handler = zmq_socket(bus->context, ZMQ_REP);
    void *stop = zmq_socket(bus->context, ZMQ_PAIR);
    zmq_pollitem_t items[] = { { .socket = handler, .events = ZMQ_POLLIN }, { .socket = stop, .events = ZMQ_POLLIN } };

    CHECK(handler && stop && zmq_bind(handler, ZAP_ENDPOINT) == 0 && zmq_connect(stop, STOP_ENDPOINT) == 0);
    zmq_send(stop, "", 0, 0);
    for (;;) {
        struct zap_request request;

        if (zmq_poll(items, 2, -1) < 0 && errno != EINTR)
            break;
        if (items[1].revents)
            break;
        if (items[0].revents && read_request(handler, &request))
            answer(handler, &request, name_of_key(bus, &request));
    }
    zmq_close(handler);
    zmq_close(stop);
    return NULL;
}

void
bus_zap_start(struct bus *bus)
{
    char ready;

    bus->zap_stop = zmq_socket(bus->context, ZMQ_PAIR);
    CHECK(bus->zap_stop && zmq_bind(bus->zap_stop, STOP_ENDPOINT) == 0);
    CHECK(pthread_create(&bus->zap_thread, NULL, zap_main, bus) == 0);
    CHECK(zmq_recv(bus->zap_stop, &ready, sizeof ready, 0) == 0);
}

void
bus_zap_stop(struct bus *bus)
{
    zmq_send(bus->zap_stop, "", 0, 0);
    pthread_join(bus->zap_thread, NULL);
    zmq_close(bus->zap_stop);
}
