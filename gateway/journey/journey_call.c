/* SPDX-License-Identifier: Apache-2.0 */
/* The call that a request, or a piece of a file, becomes. Loop thread; owns nothing. */
#include "gateway/http/conditions.h"
#include "gateway/journey/journey_private.h"
#include "gateway/transcode/transcode_in.h"
#include "rpc/codec.h"
#include "base/banned.h"

/* A call has ended: for a file that was one piece. */
static void
answered(struct journey *journey, status_t st, ProtobufCMessage *reply)
{
    if (journey->passage)
        journey_piece_answered(journey, st, reply);
    else if (st)
        journey_fail(journey, st);
    else
        journey_arrive_with_reply(journey, reply);
}

static void
on_reply(struct upstream_call *call, const struct rpc_reply *reply, struct slice body)
{
    struct journey *journey = (struct journey *)((char *)call - offsetof(struct journey, call));
    ProtobufCMessage *message = NULL;
    status_t st = reply->status;

    journey->response.replayed = reply->replayed;
    journey->response.retry_after_s = (reply->retry_after_ms + 999) / 1000;
    if (!st && codec_unpack(call->arena, call->method->reply, body, &message))
        st = status_plain(PROBLEM_INTERNAL);
    if (status_is(st, PROBLEM_NOT_FOUND) && call->method->open)
        limits_count_guess(&journey->context->limits, &journey->client);
    answered(journey, st, message);
}

status_t
journey_prepare_call(struct journey *journey)
{
    const struct rpc_method *method = journey->match.entry->route->method;

    journey->call = (struct upstream_call){ .method = method, .arena = journey->arena, .done = on_reply };
    journey->call.request.trace = journey->id;
    return conditions_read(journey->arena, &journey->request, method, &journey->call.request);
}

static status_t
send_call(struct journey *journey, struct slice token)
{
    struct upstream_call *call = &journey->call;
    ProtobufCMessage *message;
    status_t st = transcode_request(call->arena, &journey->request, &journey->match, &message);

    if (!st && arena_exhausted(call->arena))
        st = status_plain(PROBLEM_TOO_LARGE);
    if (st)
        return st;
    call->body = codec_pack(call->arena, message);
    call->request.actor = slice_make(arena_copy(call->arena, token.data, token.size), token.size);
    return call->body.size > RPC_BODY_LIMIT ? status_plain(PROBLEM_TOO_LARGE)
                                            : upstream_send(journey->context->upstream, call);
}

void
journey_send(struct journey *journey, status_t st, struct slice token)
{
    if (!st)
        st = send_call(journey, token);
    if (st)
        answered(journey, st, NULL);
}

void
journey_go_on(struct journey *journey, status_t st, struct slice token)
{
    journey->response.retry_after_s = journey->response.limit.retry_s;
    if (!st && journey_is_file(journey))
        st = journey_open_file(journey);
    if (st)
        journey_fail(journey, st);
    else if (journey->match.entry->route->stream)
        journey_open_stream(journey, token);
    else if (journey->upload)
        journey->calls->wanted(journey);
    else
        journey_send(journey, OK, token);
}
