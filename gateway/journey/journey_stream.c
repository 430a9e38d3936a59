/* SPDX-License-Identifier: Apache-2.0 */
/* The head of an answer that goes on by itself (conn_stream.c). Loop thread; owns nothing. */
#include "gateway/journey/journey_private.h"
#include "gateway/transcode/transcode_in.h"
#include "base/banned.h"

void
journey_open_stream(struct journey *journey, struct slice token)
{
    struct response *response = &journey->response;
    ProtobufCMessage *message;
    status_t st = transcode_request(journey->arena, &journey->request, &journey->match, &message);

    if (!st)
        st = streams_admit(journey->context->streams, journey->arena, token,
                           journey->match.entry->route->method->permission);
    if (st) {
        journey_fail(journey, st);
        return;
    }
    journey->actor_token = slice_make(arena_copy(journey->arena, token.data, token.size), token.size);
    response->content_type = STREAM_TYPE;
    response->is_stream = true;
    response->no_store = true;
    journey_arrive(journey, 200);
}
