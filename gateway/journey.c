/* SPDX-License-Identifier: Apache-2.0 */
/* The stations of a request, in order. Loop thread; owns the pool of journeys. */
#include "gateway/journey.h"

#include <stdlib.h>

#include "base/check.h"
#include "gateway/access_log.h"
#include "gateway/conditions.h"
#include "gateway/cookie.h"
#include "gateway/field.h"
#include "gateway/link.h"
#include "gateway/meters.h"
#include "gateway/problem.h"
#include "gateway/transcode_in.h"
#include "gateway/transcode_out.h"
#include "io/clock.h"
#include "io/seal.h"
#include "rpc/codec.h"
#include "base/banned.h"

#define ARENA_LIMIT  ((size_t)16 * 1024 * 1024)
#define HEAD_ROOM    ((size_t)4 * 1024)
#define POOL_LIMIT   512                  /* journeys kept for later */
#define JSON_KEPT    ((size_t)256 * 1024) /* a larger buffer is not kept */
#define OPENAPI_PATH "/api/v1/openapi.json"
#define JSON_TYPE    "application/json"
#define PROBLEM_TYPE "application/problem+json"

static struct journey *
journey_new(struct journey_context *context)
{
    struct journey *journey = calloc(1, sizeof *journey);

    CHECK(journey != NULL);
    journey->context = context;
    journey->arena = arena_new(ARENA_LIMIT);
    strbuf_init(&journey->json, context->answer_limit);
    strbuf_init(&journey->head, HEAD_ROOM);
    return journey;
}

static void
journey_free(struct journey *journey)
{
    arena_free(journey->arena);
    strbuf_done(&journey->json);
    strbuf_done(&journey->head);
    free(journey);
}

struct journey *
journey_take(struct journey_context *context)
{
    struct journey *journey = context->free;

    if (!journey)
        return journey_new(context);
    context->free = journey->next;
    context->n_free--;
    return journey;
}

void
journey_renew(struct journey *journey)
{
    session_leave(&journey->waiter);
    upstream_leave(&journey->call);
    arena_reset(journey->arena);
    if (journey->json.room > JSON_KEPT) {
        strbuf_done(&journey->json);
        strbuf_init(&journey->json, journey->context->answer_limit);
    }
    strbuf_reset(&journey->json);
    strbuf_reset(&journey->head);
    journey->bearer = slice_of("");
    journey->match.entry = NULL;
    journey->response = (struct response){ 0 };
}

void
journey_give_back(struct journey *journey)
{
    struct journey_context *context = journey->context;

    journey_renew(journey);
    if (context->n_free == POOL_LIMIT) {
        journey_free(journey);
        return;
    }
    journey->next = context->free;
    context->free = journey;
    context->n_free++;
}

void
journey_pool_free(struct journey_context *context)
{
    while (context->free) {
        struct journey *journey = context->free;

        context->free = journey->next;
        journey_free(journey);
    }
    context->n_free = 0;
}

static const char *
service_label(const struct journey *journey)
{
    return journey->match.entry ? journey->match.entry->route->method->service : "gateway";
}

static void
arrive(struct journey *journey, int http)
{
    journey->response.http = http;
    journey->response.request_id = journey->id;
    metric_add(&meter_requests, response_status_text(http), 1);
    metric_observe(&meter_seconds, service_label(journey), clock_us() - journey->began_us);
    access_log(journey);
    journey->arrived(journey);
}

static void
arrive_with_problem(struct journey *journey, int http, status_t st)
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
    arrive(journey, http);
}

static void
fail(struct journey *journey, status_t st)
{
    arrive_with_problem(journey, status_http(st), st);
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

static void
arrive_with_reply(struct journey *journey, ProtobufCMessage *reply)
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
        fail(journey, status_plain(PROBLEM_EXHAUSTED));
        return;
    }
    if (is_unchanged(journey)) {
        response->content_type = NULL;
        response->body = slice_of("");
        arrive(journey, 304);
        return;
    }
    session_changed(journey->context->sessions, journey->bearer, route->method);
    arrive(journey, (int)route->success);
}

static void
on_reply(struct upstream_call *call, const struct rpc_reply *reply, struct slice body)
{
    struct journey *journey = (struct journey *)((char *)call - offsetof(struct journey, call));
    ProtobufCMessage *message = NULL;
    status_t st = reply->status;

    journey->response.replayed = reply->replayed;
    journey->response.retry_after_s = (reply->retry_after_ms + 999) / 1000;
    if (!st && codec_unpack(journey->arena, call->method->reply, body, &message))
        st = status_plain(PROBLEM_INTERNAL);
    if (st)
        fail(journey, st);
    else
        arrive_with_reply(journey, message);
}

/* The actor is known or not needed: the request becomes a call. */
static void
send_call(struct journey *journey, struct slice token)
{
    struct upstream_call *call = &journey->call;
    ProtobufCMessage *message;
    status_t st = transcode_request(journey->arena, &journey->request, &journey->match, &message);

    if (!st && arena_exhausted(journey->arena))
        st = status_plain(PROBLEM_TOO_LARGE);
    if (!st) {
        call->body = codec_pack(journey->arena, message);
        call->request.actor = slice_make(arena_copy(journey->arena, token.data, token.size), token.size);
        st = call->body.size > RPC_BODY_LIMIT ? status_plain(PROBLEM_TOO_LARGE)
                                              : upstream_send(journey->context->upstream, call);
    }
    if (st)
        fail(journey, st);
}

/* Whoever the request is counted for has something left in the bucket: it becomes a call. */
static void
go_on(struct journey *journey, status_t st, struct slice token)
{
    journey->response.retry_after_s = journey->response.limit.retry_s;
    if (st)
        fail(journey, st);
    else
        send_call(journey, token);
}

/* Who asks: a program by its bearer token, or a browser by its cookie. */
static status_t
find_bearer(struct journey *journey)
{
    const struct request *request = &journey->request;

    journey->bearer = session_bearer(request->authorization);
    if (request->authorization.data || !request->cookie.size)
        return OK;
    journey->bearer = session_token(cookie_value(request->cookie));
    return !journey->bearer.size || cookie_counts(request) ? OK : status_plain(PROBLEM_CROSS_ORIGIN);
}

static void
on_session(struct session_waiter *waiter, status_t st, struct slice token)
{
    struct journey *journey = (struct journey *)((char *)waiter - offsetof(struct journey, waiter));
    const struct limits *limits = &journey->context->limits;
    struct limit_state *limit = &journey->response.limit;
    status_t over = OK;

    if (!st)
        over = limits_charge_account(limits, journey->arena, token, limit);
    else if (status_is(st, PROBLEM_UNAUTHENTIC))
        over = limits_charge_address(limits, &journey->client, limit);
    go_on(journey, over ? over : st, token);
}

/* A token we do not know costs organizations a look: not for an address that has none left. */
static status_t
look_at_address(struct journey *journey)
{
    const struct journey_context *context = journey->context;

    if (!journey->bearer.size || session_is_known(context->sessions, journey->bearer))
        return OK;
    return limits_look_at_address(&context->limits, &journey->client, &journey->response.limit);
}

static void
ask_session(struct journey *journey)
{
    struct slice token = slice_of("");
    status_t st = find_bearer(journey);

    journey->waiter.told = on_session;
    if (!st)
        st = look_at_address(journey);
    if (st)
        go_on(journey, st, token);
    else if (session_ask(journey->context->sessions, journey->bearer, &journey->waiter, &st, &token))
        on_session(&journey->waiter, st, token);
}

/* Nobody need be known; but another site's page must not log a browser in. */
static void
ask_nobody(struct journey *journey)
{
    status_t st = limits_charge_open(&journey->context->limits, &journey->client, &journey->response.limit);

    if (!st && !slice_is(journey->request.verb, "GET") && !cookie_is_own_origin(&journey->request))
        st = status_plain(PROBLEM_CROSS_ORIGIN);
    go_on(journey, st, slice_of(""));
}

static status_t
prepare_call(struct journey *journey)
{
    const struct rpc_method *method = journey->match.entry->route->method;

    journey->call = (struct upstream_call){ .method = method, .arena = journey->arena, .done = on_reply };
    journey->call.request.trace = journey->id;
    return conditions_read(journey->arena, &journey->request, method, &journey->call.request);
}

static void
serve_openapi(struct journey *journey)
{
    status_t st = limits_charge_address(&journey->context->limits, &journey->client, &journey->response.limit);

    if (st) {
        go_on(journey, st, slice_of(""));
        return;
    }
    journey->response.content_type = JSON_TYPE;
    journey->response.body = slice_make(openapi_document, openapi_document_size);
    arrive(journey, 200);
}

static void
set_out(struct journey *journey)
{
    struct id id = clock_id();

    id_format(&id, journey->id);
    journey->began_us = clock_us();
}

void
journey_begin(struct journey *journey)
{
    status_t st;

    set_out(journey);
    journey->language = language_of(journey->request.accept_language);
    if (slice_is(journey->request.path, OPENAPI_PATH) && slice_is(journey->request.verb, "GET")) {
        serve_openapi(journey);
        return;
    }
    st = router_find(journey->context->router, journey->request.verb, journey->request.path, &journey->match);
    if (status_is(st, PROBLEM_METHOD_NOT_ALLOWED))
        journey->response.allow = journey->match.allow;
    if (!st)
        st = prepare_call(journey);
    if (st)
        fail(journey, st);
    else if (journey->match.entry->route->method->open)
        ask_nobody(journey);
    else
        ask_session(journey);
}

void
journey_refuse(struct journey *journey, enum head_verdict verdict)
{
    enum problem_name name = verdict == HEAD_BODY_TOO_LONG ? PROBLEM_TOO_LARGE : PROBLEM_MALFORMED;

    set_out(journey);
    journey->language = LANGUAGE_ZH;
    metric_add(&meter_heads_refused, head_verdict_word(verdict), 1);
    arrive_with_problem(journey, head_verdict_http(verdict),
                        status_detail(journey->arena, name, "%s", head_verdict_text(verdict)));
}
