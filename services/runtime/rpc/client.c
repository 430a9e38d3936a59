/* SPDX-License-Identifier: Apache-2.0 */
/* The blocking client: one request at a time over the DEALERs of peers.h. The caller's thread owns it. */
#include "rpc/client.h"

#include <errno.h>
#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "rpc/codec.h"
#include "rpc/envelope.h"
#include "rpc/peers.h"
#include "base/banned.h"

#define ATTEMPTS   4
#define ATTEMPT_MS 1500 /* at least this long before another attempt */
#define CONNECT_MS 20   /* between two looks for an instance that takes the message */

struct rpc_client {
    struct rpc_peers *peers;
    int64_t resolved_ms;
};

struct exchange {
    struct arena *arena;
    const struct rpc_method *method;
    const char *service;
    struct rpc_request request;
    struct slice body;
    int64_t deadline_ms;
    bool not_begun; /* the last instance sent the call away */
    ProtobufCMessage *reply;
};

struct rpc_client *
rpc_client_new(struct bus *bus, const struct rpc_peer *peers, size_t n_peers)
{
    struct rpc_client *client = calloc(1, sizeof *client);

    CHECK(client != NULL);
    client->peers = peers_new(bus);
    for (size_t i = 0; i < n_peers; i++)
        if (peers[i].hosts && peers[i].hosts[0])
            peers_add(client->peers, peers[i].service, peers[i].hosts);
    client->resolved_ms = clock_ms() - RPC_RESOLVE_MS;
    return client;
}

void
rpc_client_free(struct rpc_client *client)
{
    if (!client)
        return;
    peers_free(client->peers);
    free(client);
}

static void
resolve(struct rpc_client *client)
{
    const char *service;
    const char *hosts;

    if (clock_ms() - client->resolved_ms < RPC_RESOLVE_MS)
        return;
    client->resolved_ms = clock_ms();
    for (size_t i = 0; (hosts = peers_hosts(client->peers, i, &service)) != NULL; i++) {
        struct rpc_endpoints endpoints;

        peers_resolve(hosts, &endpoints);
        peers_update(client->peers, service, &endpoints);
    }
}

/* An instance that can take a message and stays; waits for one until `until_ms`. */
static struct rpc_instance *
pick(struct rpc_client *client, const char *service, int64_t until_ms)
{
    for (;;) {
        struct rpc_instance *instance;

        resolve(client);
        instance = peers_pick(client->peers, service);
        if (instance && !peers_is_going(instance))
            return instance;
        if (clock_ms() >= until_ms)
            return NULL;
        zmq_poll(NULL, 0, CONNECT_MS);
    }
}

static bool
send_request(struct exchange *exchange, struct rpc_instance *instance)
{
    int64_t left = exchange->deadline_ms - clock_ms();
    struct slice frame;

    exchange->request.budget_ms = left > 0 ? (uint32_t)left : 1;
    frame = envelope_join(exchange->arena, envelope_request_pack(exchange->arena, &exchange->request), exchange->body);
    return bus_send(instance->socket, &frame, 1);
}

/* True when the message is the answer to this exchange; anything else is a late answer and is dropped. */
static bool
is_answer(struct exchange *exchange, struct bus_message *message, struct rpc_reply *ret_reply, struct slice *ret_body)
{
    struct slice header;

    if (message->count != 1 || message->malformed || !envelope_split(bus_frame(message, 0), &header, ret_body))
        return false;
    header = slice_make(arena_copy(exchange->arena, header.data, header.size), header.size);
    return !envelope_reply_unpack(exchange->arena, header, ret_reply) &&
           id_equal(&ret_reply->id, &exchange->request.id);
}

static status_t
read_answer(struct exchange *exchange, const struct rpc_reply *reply, struct slice body)
{
    exchange->not_begun = reply->not_begun;
    if (reply->status)
        return reply->status;
    body = slice_make(arena_copy(exchange->arena, body.data, body.size), body.size);
    return codec_unpack(exchange->arena, exchange->method->reply, body, &exchange->reply);
}

/* Waits on one instance until `until_ms`. TIMEOUT when it stays silent. */
static status_t
await(struct exchange *exchange, struct rpc_instance *instance, int64_t until_ms)
{
    for (;;) {
        zmq_pollitem_t item = { .socket = instance->socket, .events = ZMQ_POLLIN };
        struct bus_message message;

        while (bus_receive(instance->socket, &message)) {
            struct rpc_reply reply = { 0 };
            struct slice body;
            bool mine = is_answer(exchange, &message, &reply, &body);
            status_t st = mine ? read_answer(exchange, &reply, body) : OK;

            bus_message_done(&message);
            if (mine)
                return st;
        }
        if (clock_ms() >= until_ms || (zmq_poll(&item, 1, until_ms - clock_ms()) < 0 && errno != EINTR))
            return status_plain(PROBLEM_TIMEOUT);
    }
}

static bool
is_repeatable(const struct exchange *exchange)
{
    return exchange->not_begun || exchange->method->effect != METHOD_COMMAND || exchange->request.idempotency_key[0];
}

static status_t
attempt(struct rpc_client *client, struct exchange *exchange, int64_t until_ms)
{
    struct rpc_instance *instance = pick(client, exchange->service, until_ms);
    status_t st;

    exchange->not_begun = false;
    if (!instance || !send_request(exchange, instance))
        return status_plain(PROBLEM_UNAVAILABLE);
    instance->in_flight++;
    st = await(exchange, instance, until_ms);
    instance->in_flight--;
    if (exchange->not_begun)
        peers_going(instance);
    return st;
}

status_t
rpc_call(struct rpc_client *client, struct arena *arena, const struct rpc_method *method,
         const ProtobufCMessage *request, const struct rpc_options *options, ProtobufCMessage **ret_reply)
{
    uint32_t budget = options->budget_ms ? options->budget_ms : method->budget_ms;
    struct exchange exchange = {
        .arena = arena,
        .method = method,
        .service = options->service ? options->service : method->service,
        .request = { .id = clock_id(),
                     .method = method->name,
                     .actor = options->actor,
                     .idempotency_key = options->idempotency_key ? options->idempotency_key : "",
                     .has_version = options->has_version,
                     .version = options->version,
                     .trace = options->trace },
        .body = codec_pack(arena, request),
        .deadline_ms = clock_ms() + budget,
    };
    status_t st = OK;

    if (exchange.body.size > RPC_BODY_LIMIT)
        return status_plain(PROBLEM_TOO_LARGE);
    for (uint32_t i = 0; i < ATTEMPTS; i++) {
        int64_t now = clock_ms();
        int64_t share =
            now + ((exchange.deadline_ms - now) / 2 > ATTEMPT_MS ? (exchange.deadline_ms - now) / 2 : ATTEMPT_MS);

        exchange.request.attempt = i;
        st = attempt(client, &exchange, share < exchange.deadline_ms ? share : exchange.deadline_ms);
        if (!status_retryable(st) || status_is(st, PROBLEM_EXHAUSTED) || !is_repeatable(&exchange) ||
            clock_ms() >= exchange.deadline_ms)
            break;
    }
    if (!st)
        *ret_reply = exchange.reply;
    return st;
}
