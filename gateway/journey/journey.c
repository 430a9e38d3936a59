/* SPDX-License-Identifier: Apache-2.0 */
/* The pool of journeys, and where each begins. Loop thread; owns the pool. */
#include <stdlib.h>

#include "base/check.h"
#include "gateway/journey/journey_private.h"
#include "gateway/meters.h"
#include "io/clock.h"
#include "base/banned.h"

#define ARENA_LIMIT  ((size_t)16 * 1024 * 1024)
#define HEAD_ROOM    ((size_t)4 * 1024)
#define POOL_LIMIT   512                  /* journeys kept for later */
#define JSON_KEPT    ((size_t)256 * 1024) /* a larger buffer is not kept */
#define OPENAPI_PATH "/api/v1/openapi.json"

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
    journey_close_file(journey);
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

static void
serve_openapi(struct journey *journey)
{
    status_t st = limits_charge_address(&journey->context->limits, &journey->client, &journey->response.limit);

    if (st) {
        journey_go_on(journey, st, slice_of(""));
        return;
    }
    journey->response.content_type = "application/json";
    journey->response.body = slice_make(openapi_document, openapi_document_size);
    journey_arrive(journey, 200);
}

static void
set_out(struct journey *journey)
{
    struct id id = clock_id();

    id_format(&id, journey->id);
    journey->began_us = clock_us();
}

void
journey_meet(struct journey *journey)
{
    const struct request *request = &journey->request;

    journey->routed = router_find(journey->context->router, request->verb, request->path, &journey->match);
}

void
journey_begin(struct journey *journey)
{
    status_t st = journey->routed;

    set_out(journey);
    journey->language = language_of(journey->request.accept_language);
    if (slice_is(journey->request.path, OPENAPI_PATH) && slice_is(journey->request.verb, "GET")) {
        serve_openapi(journey);
        return;
    }
    if (status_is(st, PROBLEM_NO_ROUTE) && journey_serve_page(journey))
        return;
    if (status_is(st, PROBLEM_METHOD_NOT_ALLOWED))
        journey->response.allow = journey->match.allow;
    if (!st)
        st = journey_prepare_call(journey);
    if (st)
        journey_fail(journey, st);
    else if (journey->match.entry->route->method->open)
        journey_ask_nobody(journey);
    else
        journey_ask_session(journey);
}

void
journey_refuse(struct journey *journey, enum head_verdict verdict)
{
    enum problem_name name = verdict == HEAD_BODY_TOO_LONG ? PROBLEM_TOO_LARGE : PROBLEM_MALFORMED;

    set_out(journey);
    journey->language = LANGUAGE_ZH;
    metric_add(&meter_heads_refused, head_verdict_word(verdict), 1);
    journey_arrive_with_problem(journey, head_verdict_http(verdict),
                                status_detail(journey->arena, name, "%s", head_verdict_text(verdict)));
}
