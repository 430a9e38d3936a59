/* SPDX-License-Identifier: Apache-2.0 */
/* The made-up service: one thread, two ROUTERs. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/check.h"
#include "harness_private.h"
#include "io/clock.h"
#include "rpc/codec.h"

#define LARGE_NAME 900000
#define KEPT_LIMIT 1024

/* A request kept back; the service's thread owns them. */
struct kept {
    void *router;
    char identity[256];
    size_t identity_size;
    struct id id;
};

static struct kept kept[KEPT_LIMIT];
static size_t n_kept;

void
service_answer(const struct work *work, status_t st, const ProtobufCMessage *message)
{
    struct rpc_reply reply = { .id = work->request.id, .status = st };
    struct slice body = message ? codec_pack(work->arena, message) : slice_of("");
    struct slice frames[] = { work->identity,
                              envelope_join(work->arena, envelope_reply_pack(work->arena, &reply), body) };

    atomic_fetch_add(&work->rig->harness.service.answers, 1);
    (void)bus_send(work->router, frames, 2); /* false: the gateway that asked has stopped since */
}

static void
on_exchange(const struct work *work, const ProtobufCMessage *message)
{
    const Liangxin__Sample__V1__ExchangeRequest *request =
        (const Liangxin__Sample__V1__ExchangeRequest *)(const void *)message;
    ExchangeReply reply = LIANGXIN__SAMPLE__V1__EXCHANGE_REPLY__INIT;

    atomic_fetch_add(&work->rig->harness.service.exchanges, 1);
    if (service_exchange_watcher(work, request->token))
        return;
    reply.actor_token = (ProtobufCBinaryData){ .len = strlen(request->token), .data = (uint8_t *)request->token };
    reply.expires_at_ms = clock_now() / 1000 + 30000;
    service_answer(work, strcmp(request->token, "bad") == 0 ? status_plain(PROBLEM_UNAUTHENTIC) : OK, &reply.base);
}

void
service_keep(const struct work *work)
{
    struct kept *slot = &kept[n_kept++];

    CHECK(n_kept <= KEPT_LIMIT && work->identity.size <= sizeof slot->identity);
    slot->router = work->router;
    slot->id = work->request.id;
    slot->identity_size = work->identity.size;
    memcpy(slot->identity, work->identity.data, work->identity.size);
    atomic_fetch_add(&work->rig->harness.service.held, 1);
}

static void
on_get(const struct work *work, const ProtobufCMessage *message)
{
    const GetRequest *request = (const GetRequest *)(const void *)message;
    Thing thing = LIANGXIN__SAMPLE__V1__THING__INIT;

    if (strcmp(request->id, "silent") == 0 || (strcmp(request->id, "second") == 0 && work->request.attempt == 0))
        return;
    if (strcmp(request->id, "held") == 0) {
        service_keep(work);
        return;
    }
    thing.id = request->id;
    thing.version = 7;
    thing.name = arena_text_slice(work->arena, work->request.actor);
    if (strcmp(request->id, "large") == 0) {
        thing.name = arena_alloc(work->arena, LARGE_NAME + 1);
        memset(thing.name, 'x', LARGE_NAME);
    }
    service_answer(work, strcmp(request->id, "gone") == 0 ? status_plain(PROBLEM_NOT_FOUND) : OK, &thing.base);
}

static void
on_change(const struct work *work, const ProtobufCMessage *message)
{
    Thing thing = *(const Thing *)(const void *)message;

    if (strcmp(thing.name, "held") == 0) {
        service_keep(work);
        return;
    }
    thing.note_presence_case = LIANGXIN__SAMPLE__V1__THING__NOTE_PRESENCE_NOTE;
    thing.note = (char *)(uintptr_t)work->request.idempotency_key;
    thing.version = work->request.version + 1;
    service_answer(work, OK, &thing.base);
}

static void
on_list(const struct work *work, const ProtobufCMessage *message)
{
    Liangxin__Sample__V1__ListReply reply = LIANGXIN__SAMPLE__V1__LIST_REPLY__INIT;

    (void)message;
    service_answer(work, OK, &reply.base);
}

static const struct {
    const struct rpc_method *method;
    void (*handle)(const struct work *work, const ProtobufCMessage *message);
} handlers[] = {
    { &sample_exchange, on_exchange },
    { &sample_get, on_get },
    { &sample_list, on_list },
    { &sample_put_file, service_put_file },
    { &sample_get_file, service_get_file },
    { &sample_put, on_change },
    { &sample_add, on_change },
    { &service_read_stream, service_answer_stream },
};

static void
serve(struct work *work, struct bus_message *message)
{
    ProtobufCMessage *request = NULL;
    struct slice header;
    struct slice body;

    arena_reset(work->arena);
    CHECK(message->count == 2 && envelope_split(bus_frame(message, 1), &header, &body));
    work->identity = bus_frame(message, 0);
    CHECK(!envelope_request_unpack(work->arena, header, &work->request));
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++)
        if (strcmp(handlers[i].method->name, work->request.method) == 0) {
            CHECK(!codec_unpack(work->arena, handlers[i].method->request, body, &request));
            handlers[i].handle(work, request);
        }
}

static void
let_go(struct work *work)
{
    Thing thing = LIANGXIN__SAMPLE__V1__THING__INIT;

    while (n_kept) {
        const struct kept *slot = &kept[--n_kept];

        work->router = slot->router;
        work->identity = slice_make(slot->identity, slot->identity_size);
        work->request = (struct rpc_request){ .id = slot->id };
        service_answer(work, OK, &thing.base);
    }
}

static void
ring(struct rig *rig)
{
    int published = atomic_load(&rig->harness.service.published);
    struct slice stroke = slice_of("!");

    if (rig->rung != published)
        bus_send(rig->bell, &stroke, 1);
    rig->rung = published;
}

static void
turn(struct work *work)
{
    struct bus_message message;

    for (size_t i = 0; i < INSTANCES; i++) {
        work->router = work->rig->router[i];
        while (bus_receive(work->router, &message)) {
            serve(work, &message);
            bus_message_done(&message);
        }
    }
    ring(work->rig);
    if (atomic_exchange(&work->rig->release, false))
        let_go(work);
}

static void *
service_main(void *argument)
{
    struct rig *rig = argument;
    struct work work = { .rig = rig, .arena = arena_new(16 << 20) };

    while (!atomic_load(&rig->stop)) {
        zmq_pollitem_t items[] = { { .socket = rig->router[0], .events = ZMQ_POLLIN },
                                   { .socket = rig->router[1], .events = ZMQ_POLLIN },
                                   { .fd = rig->service_wake, .events = ZMQ_POLLIN } };
        eventfd_t value;

        zmq_poll(items, 3, -1);
        if (items[2].revents)
            eventfd_read(rig->service_wake, &value);
        turn(&work);
    }
    arena_free(work.arena);
    return NULL;
}

static void
open_bell(struct rig *rig)
{
    char endpoint[64];
    size_t size = sizeof endpoint;

    rig->bell = bus_publisher(rig->bus, "tcp://127.0.0.1:*");
    CHECK(rig->bell && zmq_getsockopt(rig->bell, ZMQ_LAST_ENDPOINT, endpoint, &size) == 0);
    snprintf(rig->bell_host, sizeof rig->bell_host, "%s", endpoint + strlen("tcp://"));
}

void
service_start(struct rig *rig)
{
    n_kept = 0; /* what another test has left */
    for (size_t i = 0; i < INSTANCES; i++) {
        char endpoint[64];
        size_t size = sizeof endpoint;
        size_t used = strlen(rig->hosts);

        rig->router[i] = bus_router(rig->bus, "tcp://127.0.0.1:*");
        CHECK(rig->router[i] && zmq_getsockopt(rig->router[i], ZMQ_LAST_ENDPOINT, endpoint, &size) == 0);
        snprintf(rig->hosts + used, sizeof rig->hosts - used, "%s%s", used ? "," : "", endpoint + strlen("tcp://"));
    }
    open_bell(rig);
    rig->service_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK(pthread_create(&rig->service_thread, NULL, service_main, rig) == 0);
}

void
service_release(struct harness *harness)
{
    struct rig *rig = (struct rig *)harness;

    atomic_store(&rig->release, true);
    CHECK(eventfd_write(rig->service_wake, 1) == 0);
}

void
service_publish(struct harness *harness, int count)
{
    atomic_fetch_add(&harness->service.published, count);
    CHECK(eventfd_write(((struct rig *)harness)->service_wake, 1) == 0);
}

void
service_stop(struct rig *rig)
{
    atomic_store(&rig->stop, true);
    CHECK(eventfd_write(rig->service_wake, 1) == 0);
    pthread_join(rig->service_thread, NULL);
    for (size_t i = 0; i < INSTANCES; i++)
        bus_socket_close(rig->router[i]);
    bus_socket_close(rig->bell);
    close(rig->service_wake);
}
