/* SPDX-License-Identifier: Apache-2.0 */
/* The made-up service's stream, and the log-ins of those who watch it. The service's thread. */
#include <liangxin/notifications/v1/notifications.handlers.h>
#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/check.h"
#include "harness_private.h"
#include "io/clock.h"
#include "rpc/codec.h"

/* A token as organizations makes it, but for the signature, which the gateway does not look at. */
static struct slice
watcher_token(const struct work *work, const char *bearer)
{
    Liangxin__Rpc__V1__ActorToken token = LIANGXIN__RPC__V1__ACTOR_TOKEN__INIT;
    struct id account = { { [ID_BYTES - 1] = (uint8_t)(bearer[5] - '0') } };
    struct id organization = { { [ID_BYTES - 1] = (uint8_t)(bearer[6] - '0') } };
    char *permission[] = { bearer[0] == 'w' ? (char *)(uintptr_t) "thing.watch" : (char *)(uintptr_t) "thing.read" };
    struct slice body;
    char *bytes;

    token.account_id = (ProtobufCBinaryData){ ID_BYTES, account.bytes };
    token.organization_id = (ProtobufCBinaryData){ ID_BYTES, organization.bytes };
    token.permissions = permission;
    token.n_permissions = 1;
    body = codec_pack(work->arena, &token.base);
    bytes = arena_alloc(work->arena, body.size + SEAL_SIGNATURE);
    memcpy(bytes, body.data, body.size);
    return slice_make(bytes, body.size + SEAL_SIGNATURE);
}

bool
service_exchange_watcher(const struct work *work, const char *bearer)
{
    ExchangeReply reply = LIANGXIN__SAMPLE__V1__EXCHANGE_REPLY__INIT;
    struct slice token;

    if (strlen(bearer) != 7 || (strncmp(bearer, "watch", 5) != 0 && strncmp(bearer, "blind", 5) != 0))
        return false;
    token = watcher_token(work, bearer);
    reply.actor_token = (ProtobufCBinaryData){ .len = token.size, .data = (uint8_t *)(uintptr_t)token.data };
    reply.expires_at_ms = clock_now() / 1000 + 2200; /* the gateway uses it until two seconds before */
    service_answer(work, atomic_load(&work->rig->harness.service.locked) ? status_plain(PROBLEM_UNAUTHENTIC) : OK,
                   &reply.base);
    return true;
}

static StreamRow *
stream_row(const struct work *work, int pos)
{
    StreamRow *row = stream_row_new(work->arena);
    struct id id = { { [ID_BYTES - 2] = (uint8_t)(pos >> 8), [ID_BYTES - 1] = (uint8_t)pos } };
    struct id organization = { { [ID_BYTES - 1] = (uint8_t)(pos % 2) } };

    row->pos = pos;
    row->item = item_changed_new(work->arena);
    row->item->kind = arena_text(work->arena, "letter");
    row->item->id = (ProtobufCBinaryData){ ID_BYTES, arena_copy(work->arena, id.bytes, ID_BYTES) };
    row->item->organization_ids = arena_array(work->arena, 1, sizeof *row->item->organization_ids);
    row->item->organization_ids[0] =
        (ProtobufCBinaryData){ ID_BYTES, arena_copy(work->arena, organization.bytes, ID_BYTES) };
    row->item->n_organization_ids = 1;
    return row;
}

/* As notifications does it. */
void
service_answer_stream(const struct work *work, const ProtobufCMessage *message)
{
    const ReadStreamRequest *request = (const ReadStreamRequest *)(const void *)message;
    struct service *service = &work->rig->harness.service;
    struct id epoch = { { [0] = 1, [1] = (uint8_t)atomic_load(&service->life) } };
    ReadStreamReply reply = LIANGXIN__NOTIFICATIONS__V1__READ_STREAM_REPLY__INIT;
    bool follows = request->epoch.len == ID_BYTES && memcmp(request->epoch.data, epoch.bytes, ID_BYTES) == 0;

    reply.epoch = (ProtobufCBinaryData){ ID_BYTES, epoch.bytes };
    reply.head = atomic_load(&service->published);
    reply.after = request->after >= 0 ? request->after : reply.head + request->after;
    if (!follows && request->after >= 0)
        reply.after = reply.head;
    if (reply.after < 0)
        reply.after = 0;
    reply.rows = arena_array(work->arena, request->limit, sizeof *reply.rows);
    for (int64_t pos = reply.after + 1; pos <= reply.head && reply.n_rows < request->limit; pos++)
        reply.rows[reply.n_rows++] = stream_row(work, (int)pos);
    service_answer(work, OK, &reply.base);
}

const struct rpc_method service_read_stream = {
    .name = "sample.v1.Things/ReadStream",
    .service = "sample",
    .effect = METHOD_READ,
    .budget_ms = 400,
    .request = &liangxin__notifications__v1__read_stream_request__descriptor,
    .reply = &liangxin__notifications__v1__read_stream_reply__descriptor,
};
