/* SPDX-License-Identifier: Apache-2.0 */
/* The end of a journey: the reply as JSON, or the problem, with what the head says about it. Loop thread; owns nothing.
 */
#include "gateway/journey/journey_private.h"

#include "base/check.h"
#include "gateway/journey/access_log.h"
#include "gateway/http/conditions.h"
#include "gateway/http/cookie.h"
#include "gateway/transcode/field.h"
#include "gateway/http/link.h"
#include "gateway/meters.h"
#include "gateway/transcode/problem.h"
#include "gateway/transcode/transcode_out.h"
#include "io/clock.h"
#include "io/seal.h"
#include "base/banned.h"

#define JSON_TYPE    "application/json"
#define PROBLEM_TYPE "application/problem+json"

static const char *
service_label(const struct journey *journey)
{
    return journey->match.entry ? journey->match.entry->route->method->service : "gateway";
}

void
journey_arrive(struct journey *journey, int http)
{
    journey->response.http = http;
    journey->response.request_id = journey->id;
    metric_add(&meter_requests, response_status_text(http), 1);
    metric_observe(&meter_seconds, service_label(journey), clock_us() - journey->began_us);
    access_log(journey);
    journey->calls->arrived(journey);
}

void
journey_arrive_with_problem(struct journey *journey, int http, status_t st)
{
    struct response *response = &journey->response;

    strbuf_reset(&journey->json);
    problem_write(&journey->json, http, st, journey->language, journey->id);
    response->content_type = PROBLEM_TYPE;
    response->body = strbuf_slice(&journey->json);
    response->is_problem = true;
    response->language = journey->language;
    response->no_store = true;
    response->has_version = false;
    journey_arrive(journey, http);
}

void
journey_fail(struct journey *journey, status_t st)
{
    journey_arrive_with_problem(journey, status_http(st), st);
}

static void
note_version(struct journey *journey, const ProtobufCMessage *reply)
{
    const ProtobufCFieldDescriptor *version = journey->match.entry->version;

    if (!version)
        return;
    journey->response.has_version = true;
    journey->response.version = *(const int64_t *)(const void *)((const char *)reply + version->offset);
}

/* Whether the client has this very answer already. A row's version does not tell: what is read shows the day, names and
 * the reader's own rights as well, so the tag of what is read goes on with a hash of it. */
static bool
is_unchanged(struct journey *journey)
{
    struct response *response = &journey->response;
    uint8_t hash[SEAL_HASH];

    if (!response->has_version || !slice_is(journey->request.verb, "GET"))
        return false;
    seal_hash(response->body, hash);
    seal_hex_format(hash, RESPONSE_MARK, response->mark);
    return conditions_unchanged(&journey->request, response->version, response->mark);
}

static void
note_next_page(struct journey *journey, const ProtobufCMessage *reply)
{
    const ProtobufCFieldDescriptor *field = journey->match.entry->next_cursor;
    const char *cursor = field ? *(const char *const *)(const void *)((const char *)reply + field->offset) : NULL;

    if (cursor && cursor[0])
        journey->response.link = link_next(journey->arena, journey->request.path, journey->request.query, cursor);
}

/* The token of a log-in goes into the cookie; a page of ours does not get it otherwise, for it could keep it. */
static void
hand_cookie(struct journey *journey, ProtobufCMessage *reply)
{
    const struct journey_context *context = journey->context;
    const struct rpc_method *method = journey->match.entry->route->method;
    const ProtobufCFieldDescriptor *field;
    char **token;

    if (method == context->log_out)
        journey->response.set_cookie = cookie_line(journey->arena, slice_of(""), context->secure_cookie);
    if (method != context->log_in)
        return;
    field = protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "token");
    CHECK(field != NULL && field->type == PROTOBUF_C_TYPE_STRING);
    token = field_slot(reply, field);
    journey->response.set_cookie = cookie_line(journey->arena, slice_of(*token), context->secure_cookie);
    if (cookie_is_page(&journey->request))
        *token = (char *)(uintptr_t)protobuf_c_empty_string;
}

void
journey_arrive_with_reply(struct journey *journey, ProtobufCMessage *reply)
{
    const struct route *route = journey->match.entry->route;
    struct response *response = &journey->response;

    response->no_store = route->no_store;
    note_version(journey, reply);
    note_next_page(journey, reply);
    hand_cookie(journey, reply);
    if (route->success != 204) {
        transcode_message(journey->arena, reply, &journey->json);
        response->content_type = JSON_TYPE;
        response->body = strbuf_slice(&journey->json);
    }
    if (journey->json.failed || arena_exhausted(journey->arena)) {
        metric_add(&meter_answers_too_large, NULL, 1);
        journey_fail(journey, status_plain(PROBLEM_EXHAUSTED));
        return;
    }
    if (is_unchanged(journey)) {
        response->content_type = NULL;
        response->body = slice_of("");
        journey_arrive(journey, 304);
        return;
    }
    session_changed(journey->context->sessions, journey->bearer, route->method);
    journey_arrive(journey, (int)route->success);
}
