/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of the stream: admitted, told, asked about, let go. Loop thread. */
#include "gateway/streams/stream.h"

#include <stdlib.h>

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/check.h"
#include "base/strbuf.h"
#include "gateway/meters.h"
#include "io/seal.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define TEXT_LIMIT ((size_t)1024 * 1024)
#define LOOK_ARENA ((size_t)64 * 1024)
#define TOLD_MOST  ((size_t)16 * 1024) /* bytes told at once; more is one reset */
#define RETRY_MS   3000                /* after which a client whose stream ended comes back */

struct streams {
    struct stream_source source; /* first: its callback finds us */
    struct sessions *sessions;
    size_t limit;
    size_t account_limit;
    uint64_t heartbeat_ms;
    uint64_t recheck_ms;
    uv_timer_t heartbeat;
    uv_timer_t recheck;
    struct stream_reader *readers;
    size_t n_readers;
    struct strbuf text;
    struct arena *arena; /* of a look at a token */
    bool started;
};

static void
put_id(struct strbuf *out, const struct stream_place *place)
{
    char text[STREAM_EVENT_ID_SIZE];

    stream_place_format(place, text);
    strbuf_printf(out, "id: %s\n", text);
}

static void
put_item(struct strbuf *out, const struct stream_place *place, const struct stream_item *item)
{
    char id[ID_SIZE];

    id_format(&item->id, id);
    put_id(out, place);
    strbuf_printf(out, "data: {\"kind\":\"%s\",\"id\":\"%s\"}\n\n", item->kind, id);
}

static void
put_reset(struct strbuf *out, const struct stream_place *place)
{
    put_id(out, place);
    strbuf_printf(out, "retry: %d\nevent: reset\ndata: {}\n\n", RETRY_MS);
}

/* What the client asked to go on from, or the head; `reset` when something between the two is not known. */
static void
find_place(struct streams *streams, struct stream_reader *reader)
{
    const struct stream_ring *ring = &streams->source.ring;
    bool resumes = reader->resumes && stream_ring_holds(ring, &reader->place);

    if (!resumes)
        reader->place = (struct stream_place){ ring->epoch, ring->head };
    if (reader->resumes && !resumes) {
        put_reset(&streams->text, &reader->place);
    } else {
        put_id(&streams->text, &reader->place); /* without data: only the place is noted */
        strbuf_printf(&streams->text, "retry: %d\n\n", RETRY_MS);
    }
    reader->placed = true;
}

/* Another life of the stream, or a place that the ring has left behind. */
static void
mind_gap(struct streams *streams, struct stream_reader *reader)
{
    const struct stream_ring *ring = &streams->source.ring;

    if (stream_ring_holds(ring, &reader->place))
        return;
    reader->place = (struct stream_place){ ring->epoch, ring->head };
    put_reset(&streams->text, &reader->place);
}

static void
put_news(struct streams *streams, struct stream_reader *reader)
{
    const struct stream_ring *ring = &streams->source.ring;
    const struct stream_item *item;

    while ((item = stream_ring_next(ring, reader->place.pos))) {
        reader->place.pos = item->pos;
        if (stream_item_is_for(item, &reader->account, &reader->organization))
            put_item(&streams->text, &reader->place, item);
    }
    reader->place.pos = ring->head;
    if (streams->text.size <= TOLD_MOST)
        return;
    strbuf_reset(&streams->text);
    put_reset(&streams->text, &reader->place);
}

/* Whatever the reader has not been told yet, in one write. */
static void
tell(struct streams *streams, struct stream_reader *reader)
{
    if (!streams->source.ring.open)
        return;
    strbuf_reset(&streams->text);
    if (reader->placed)
        mind_gap(streams, reader);
    else
        find_place(streams, reader);
    put_news(streams, reader);
    if (streams->text.size)
        reader->write(reader, strbuf_slice(&streams->text));
}

static void
tell_all(struct streams *streams)
{
    struct stream_reader *next;

    for (struct stream_reader *reader = streams->readers; reader; reader = next) {
        next = reader->next;
        tell(streams, reader);
    }
}

static void
on_arrived(struct stream_source *source)
{
    tell_all((struct streams *)source);
}

static void
on_heartbeat(uv_timer_t *timer)
{
    struct streams *streams = timer->data;
    struct stream_reader *next;

    for (struct stream_reader *reader = streams->readers; reader; reader = next) {
        next = reader->next;
        strbuf_reset(&streams->text);
        strbuf_text(&streams->text, ":\n");
        if (reader->placed)
            put_id(&streams->text, &reader->place);
        strbuf_char(&streams->text, '\n');
        reader->write(reader, strbuf_slice(&streams->text));
    }
}

static const Liangxin__Rpc__V1__ActorToken *
read_actor(struct arena *arena, struct slice token)
{
    ProtobufCMessage *message;

    if (token.size <= SEAL_SIGNATURE || codec_unpack(arena, &liangxin__rpc__v1__actor_token__descriptor,
                                                     slice_make(token.data, token.size - SEAL_SIGNATURE), &message))
        return NULL;
    return (const Liangxin__Rpc__V1__ActorToken *)(const void *)message;
}

static void
end(struct stream_reader *reader, const char *reason)
{
    metric_add(&meter_streams_ended, reason, 1);
    stream_leave(reader);
    reader->end(reader);
}

/* Who the reader is now; another post sees other things, so everything shown is asked for again. */
static void
identify(struct streams *streams, struct stream_reader *reader, struct slice token)
{
    const Liangxin__Rpc__V1__ActorToken *actor;
    struct id organization = reader->organization;
    struct id own;

    arena_reset(streams->arena);
    actor = read_actor(streams->arena, token);
    if (!actor || !id_from_bytes(actor->account_id.data, actor->account_id.len, &reader->account) ||
        !id_from_bytes(actor->organization_id.data, actor->organization_id.len, &reader->organization)) {
        end(reader, "session");
        return;
    }
    if (id_from_bytes(actor->own_id.data, actor->own_id.len, &own) && !id_is_nil(&own))
        reader->organization = own; /* of a narrowed post: what its organization is told is not for it */
    if (!reader->placed || id_equal(&organization, &reader->organization))
        return;
    strbuf_reset(&streams->text);
    put_reset(&streams->text, &reader->place);
    reader->write(reader, strbuf_slice(&streams->text));
}

static void
on_session(struct session_waiter *waiter, status_t st, struct slice token)
{
    struct stream_reader *reader = (struct stream_reader *)((char *)waiter - offsetof(struct stream_reader, waiter));

    if (st)
        end(reader, "session");
    else
        identify(reader->streams, reader, token);
}

/* The token of an actor lives 30 seconds, and the sessions renew it before: who is logged out, locked or without the
 * post is found here within that time. */
static void
on_recheck(uv_timer_t *timer)
{
    struct streams *streams = timer->data;
    struct stream_reader *next;

    for (struct stream_reader *reader = streams->readers; reader; reader = next) {
        struct slice token = slice_of("");
        status_t st = OK;

        next = reader->next;
        if (!reader->waiter.back && session_watch(streams->sessions, slice_make(reader->bearer, reader->bearer_size),
                                                  &reader->waiter, &st, &token))
            on_session(&reader->waiter, st, token);
    }
}

struct streams *
streams_new(uv_loop_t *loop, struct upstream *upstream, struct sessions *sessions, const struct rpc_method *method,
            const struct configuration *configuration)
{
    struct streams *streams = calloc(1, sizeof *streams);

    CHECK(streams != NULL);
    stream_source_init(&streams->source, loop, upstream, method, on_arrived);
    streams->sessions = sessions;
    streams->limit = (size_t)configuration->streams_limit;
    streams->account_limit = (size_t)configuration->streams_account_limit;
    streams->heartbeat_ms = (uint64_t)configuration->stream_heartbeat;
    streams->recheck_ms = (uint64_t)configuration->stream_recheck;
    streams->arena = arena_new(LOOK_ARENA);
    strbuf_init(&streams->text, TEXT_LIMIT);
    return streams;
}

void
streams_start(struct streams *streams, struct bus *bus, const char *service, const char *bells)
{
    uv_loop_t *loop = streams->source.loop;

    CHECK(uv_timer_init(loop, &streams->heartbeat) == 0 && uv_timer_init(loop, &streams->recheck) == 0);
    streams->heartbeat.data = streams->recheck.data = streams;
    stream_source_start(&streams->source, bus, service, bells);
    streams->started = true;
}

void
streams_stop(struct streams *streams)
{
    if (!streams || !streams->started)
        return;
    streams->started = false;
    stream_source_stop(&streams->source);
    uv_close((uv_handle_t *)&streams->heartbeat, NULL);
    uv_close((uv_handle_t *)&streams->recheck, NULL);
}

void
streams_free(struct streams *streams)
{
    if (!streams)
        return;
    stream_source_done(&streams->source);
    strbuf_done(&streams->text);
    arena_free(streams->arena);
    free(streams);
}

static size_t
count_of(const struct streams *streams, const struct id *account)
{
    size_t count = 0;

    for (const struct stream_reader *reader = streams->readers; reader; reader = reader->next)
        count += id_equal(&reader->account, account);
    return count;
}

static status_t
refuse(const char *reason, enum problem_name problem)
{
    metric_add(&meter_streams_refused, reason, 1);
    return status_plain(problem);
}

static bool
may(const Liangxin__Rpc__V1__ActorToken *actor, const char *permission)
{
    for (size_t i = 0; i < actor->n_permissions; i++)
        if (strcmp(actor->permissions[i], permission) == 0)
            return true;
    return false;
}

status_t
streams_admit(const struct streams *streams, struct arena *arena, struct slice actor_token, const char *permission)
{
    const Liangxin__Rpc__V1__ActorToken *actor = read_actor(arena, actor_token);
    struct id account;

    if (!streams || !streams->started)
        return status_plain(PROBLEM_UNAVAILABLE);
    if (!actor || !id_from_bytes(actor->account_id.data, actor->account_id.len, &account))
        return status_plain(PROBLEM_UNAUTHENTIC);
    if (!may(actor, permission))
        return status_plain(PROBLEM_DENIED);
    if (streams->n_readers >= streams->limit)
        return refuse("process", PROBLEM_EXHAUSTED);
    if (count_of(streams, &account) >= streams->account_limit)
        return refuse("account", PROBLEM_EXHAUSTED);
    return OK;
}

static void
link_reader(struct streams *streams, struct stream_reader *reader)
{
    reader->streams = streams;
    reader->next = streams->readers;
    reader->back = &streams->readers;
    if (reader->next)
        reader->next->back = &reader->next;
    streams->readers = reader;
    metric_set(&meter_streams, NULL, (int64_t)++streams->n_readers);
    if (streams->n_readers > 1)
        return;
    uv_timer_start(&streams->heartbeat, on_heartbeat, streams->heartbeat_ms, streams->heartbeat_ms);
    uv_timer_start(&streams->recheck, on_recheck, streams->recheck_ms, streams->recheck_ms);
}

void
stream_open(struct streams *streams, struct stream_reader *reader, struct slice actor_token, struct slice bearer,
            struct slice last_event_id)
{
    CHECK(bearer.size <= sizeof reader->bearer);
    memcpy(reader->bearer, bearer.data, bearer.size);
    reader->bearer_size = bearer.size;
    reader->waiter.told = on_session;
    reader->resumes = last_event_id.size > 0;
    if (!stream_place_parse(last_event_id, &reader->place))
        reader->place = (struct stream_place){ .pos = -1 }; /* fits no ring: a gap */
    link_reader(streams, reader);
    identify(streams, reader, actor_token);
    if (!reader->streams)
        return;
    if (streams->source.running)
        tell(streams, reader);
    else
        stream_source_run(&streams->source);
}

void
stream_leave(struct stream_reader *reader)
{
    struct streams *streams = reader->streams;

    if (!streams)
        return;
    session_leave(&reader->waiter);
    *reader->back = reader->next;
    if (reader->next)
        reader->next->back = reader->back;
    reader->streams = NULL;
    seal_wipe(reader->bearer, sizeof reader->bearer);
    metric_set(&meter_streams, NULL, (int64_t)--streams->n_readers);
    if (streams->n_readers || !streams->started)
        return;
    uv_timer_stop(&streams->heartbeat);
    uv_timer_stop(&streams->recheck);
    stream_source_rest(&streams->source);
}
