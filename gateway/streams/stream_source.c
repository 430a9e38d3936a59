/* SPDX-License-Identifier: Apache-2.0 */
/* Pulling what changed into the ring. Loop thread; owns the bells' sockets and the ring. */
#include "gateway/streams/stream_source.h"

#include <liangxin/notifications/v1/notifications.pb-c.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "rpc/codec.h"
#include "rpc/peers.h"
#include "base/banned.h"

#define RING_SIZE  2048
#define PAGE       500
#define BEFORE     1024 /* items from before our time that a client who comes back may ask for */
#define POLL_MS    500
#define CALL_ARENA ((size_t)4 * 1024 * 1024)

typedef Liangxin__Notifications__V1__ReadStreamRequest ReadStreamRequest;
typedef Liangxin__Notifications__V1__ReadStreamReply ReadStreamReply;
typedef Liangxin__Notifications__V1__ItemChanged ItemChanged;

static void ask(struct stream_source *source);

void
stream_source_init(struct stream_source *source, uv_loop_t *loop, struct upstream *upstream,
                   const struct rpc_method *method, void (*arrived)(struct stream_source *source))
{
    *source = (struct stream_source){ .loop = loop, .upstream = upstream, .method = method, .arrived = arrived };
    stream_ring_init(&source->ring, RING_SIZE);
}

static bool
read_id(ProtobufCBinaryData bytes, struct id *ret_id)
{
    return id_from_bytes(bytes.data, bytes.len, ret_id);
}

/* False: not to be told to anybody. */
static bool
read_item(const ItemChanged *changed, int64_t pos, struct stream_item *ret_item)
{
    size_t size = strlen(changed->kind);

    *ret_item = (struct stream_item){ .pos = pos };
    if (size >= STREAM_KIND_SIZE || !read_id(changed->id, &ret_item->id))
        return false;
    memcpy(ret_item->kind, changed->kind, size);
    for (size_t i = 0; i < changed->n_organization_ids && ret_item->n_organizations < STREAM_ORGANIZATIONS; i++)
        if (read_id(changed->organization_ids[i], &ret_item->organization[ret_item->n_organizations]))
            ret_item->n_organizations++;
    if (changed->account_id.len && !read_id(changed->account_id, &ret_item->account))
        return false;
    return true;
}

/* The page into the ring; true when there is more behind it. */
static bool
take(struct stream_source *source, const ReadStreamReply *reply)
{
    struct stream_ring *ring = &source->ring;
    struct stream_place begin = { .pos = reply->after };
    struct stream_item item;
    bool full = reply->n_rows == PAGE;

    if (!read_id(reply->epoch, &begin.epoch))
        return false;
    if (!ring->open || !id_equal(&ring->epoch, &begin.epoch) || reply->after != ring->head)
        stream_ring_restart(ring, &begin);
    for (size_t i = 0; i < reply->n_rows; i++)
        if (reply->rows[i]->item && read_item(reply->rows[i]->item, reply->rows[i]->pos, &item))
            stream_ring_put(ring, &item);
    stream_ring_advance(ring, full ? reply->rows[PAGE - 1]->pos : reply->head);
    return full;
}

static void
on_reply(struct upstream_call *call, const struct rpc_reply *reply, struct slice body)
{
    struct stream_source *source = (struct stream_source *)((char *)call - offsetof(struct stream_source, call));
    struct arena *arena = source->arena;
    ProtobufCMessage *message = NULL;
    bool more = false;
    status_t st = reply->status;

    if (!st)
        st = codec_unpack(arena, call->method->reply, body, &message);
    if (!st && source->running)
        more = take(source, (const ReadStreamReply *)(const void *)message);
    source->arena = NULL;
    arena_free(arena);
    if (st)
        metric_add(&meter_stream_failures, NULL, 1);
    if (!source->running)
        return;
    if (!st)
        source->arrived(source);
    if (!st && (more || source->again))
        ask(source);
}

static void
ask(struct stream_source *source)
{
    ReadStreamRequest request = LIANGXIN__NOTIFICATIONS__V1__READ_STREAM_REQUEST__INIT;

    source->again = source->arena != NULL;
    if (source->again)
        return;
    source->arena = arena_new(CALL_ARENA);
    request.after = source->ring.open ? source->ring.head : -BEFORE;
    request.limit = PAGE;
    if (source->ring.open)
        request.epoch = (ProtobufCBinaryData){ ID_BYTES, source->ring.epoch.bytes };
    source->call = (struct upstream_call){ .method = source->method, .arena = source->arena, .done = on_reply };
    source->call.request.idempotency_key = "";
    source->call.request.trace = "";
    source->call.body = codec_pack(source->arena, &request.base);
    if (upstream_send(source->upstream, &source->call)) {
        arena_free(source->arena);
        source->arena = NULL;
        metric_add(&meter_stream_failures, NULL, 1);
    }
}

/* Takes the strokes that lie in the sockets; how many there were does not matter. */
static bool
hear(struct stream_bell *bell)
{
    struct bus_message message;
    bool rang = false;

    while (bus_receive(bell->socket, &message)) {
        bus_message_done(&message);
        rang = true;
    }
    return rang;
}

static void
on_bell(uv_poll_t *poll, int status, int events)
{
    struct stream_bell *bell = poll->data;

    (void)status;
    (void)events;
    if (hear(bell) && bell->source->running)
        ask(bell->source);
}

static void
on_timer(uv_timer_t *timer)
{
    struct stream_source *source = timer->data;

    for (size_t i = 0; i < source->n_bells; i++)
        hear(&source->bell[i]); /* an edge of the descriptor may have been lost */
    ask(source);
}

static void
add_bell(struct stream_source *source, struct bus *bus, const char *endpoint, const char *service)
{
    struct stream_bell *bell = &source->bell[source->n_bells];
    size_t size = sizeof(int);
    int fd = -1;

    bell->socket = bus_subscriber(bus, endpoint, service);
    if (!bell->socket)
        return;
    bell->source = source;
    bell->poll.data = bell;
    CHECK(zmq_getsockopt(bell->socket, ZMQ_FD, &fd, &size) == 0);
    CHECK(uv_poll_init(source->loop, &bell->poll, fd) == 0);
    CHECK(uv_poll_start(&bell->poll, UV_READABLE, on_bell) == 0);
    source->n_bells++;
}

void
stream_source_start(struct stream_source *source, struct bus *bus, const char *service, const char *bells)
{
    struct rpc_endpoints endpoints = { 0 };

    CHECK(uv_timer_init(source->loop, &source->timer) == 0);
    source->timer.data = source;
    source->started = true;
    peers_resolve(bells, &endpoints);
    for (size_t i = 0; i < endpoints.count && source->n_bells < STREAM_BELLS; i++)
        add_bell(source, bus, endpoints.endpoint[i], service);
}

void
stream_source_run(struct stream_source *source)
{
    if (source->running || !source->started)
        return;
    source->running = true;
    uv_timer_start(&source->timer, on_timer, POLL_MS, POLL_MS);
    ask(source);
}

void
stream_source_rest(struct stream_source *source)
{
    if (!source->running)
        return;
    source->running = false;
    uv_timer_stop(&source->timer);
    stream_ring_close(&source->ring);
}

void
stream_source_stop(struct stream_source *source)
{
    stream_source_rest(source);
    if (!source->started)
        return;
    source->started = false;
    uv_close((uv_handle_t *)&source->timer, NULL);
    for (size_t i = 0; i < source->n_bells; i++)
        uv_close((uv_handle_t *)&source->bell[i].poll, NULL);
}

void
stream_source_done(struct stream_source *source)
{
    upstream_leave(&source->call);
    arena_free(source->arena);
    source->arena = NULL;
    for (size_t i = 0; i < source->n_bells; i++)
        bus_socket_close(source->bell[i].socket);
    source->n_bells = 0;
    stream_ring_done(&source->ring);
}
