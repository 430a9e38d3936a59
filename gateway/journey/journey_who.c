/* SPDX-License-Identifier: Apache-2.0 */
/* Who asks, and whether they have asked too much already. Loop thread; owns nothing. */
#include "gateway/http/cookie.h"
#include "gateway/journey/journey_private.h"
#include "base/banned.h"

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
    journey_go_on(journey, over ? over : st, token);
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

void
journey_ask_session(struct journey *journey)
{
    struct slice token = slice_of("");
    status_t st = find_bearer(journey);

    journey->waiter.told = on_session;
    if (!st)
        st = look_at_address(journey);
    if (st)
        journey_go_on(journey, st, token);
    else if (session_ask(journey->context->sessions, journey->bearer, &journey->waiter, &st, &token))
        on_session(&journey->waiter, st, token);
}

/* Nobody need be known; but another site's page must not log a browser in. */
void
journey_ask_nobody(struct journey *journey)
{
    status_t st = limits_charge_open(&journey->context->limits, &journey->client, &journey->response.limit);

    if (!st && !slice_is(journey->request.verb, "GET") && !cookie_is_own_origin(&journey->request))
        st = status_plain(PROBLEM_CROSS_ORIGIN);
    journey_go_on(journey, st, slice_of(""));
}

static void
on_session_again(struct session_waiter *waiter, status_t st, struct slice token)
{
    journey_send((struct journey *)((char *)waiter - offsetof(struct journey, waiter)), st, token);
}

void
journey_ask_again(struct journey *journey)
{
    struct slice token = slice_of("");
    status_t st = OK;

    journey->waiter.told = on_session_again;
    if (journey->match.entry->route->method->open ||
        session_ask(journey->context->sessions, journey->bearer, &journey->waiter, &st, &token))
        on_session_again(&journey->waiter, st, token);
}
