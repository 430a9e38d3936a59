/* SPDX-License-Identifier: Apache-2.0 */
/* Instances of services and their sockets. Everything but peers_resolve belongs to the thread that made the peers. */
#include "rpc/peers.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "io/clock.h"
#include "base/banned.h"

#define SERVICES 8
#define GOING_MS 1500 /* then it is asked again: it may have come back at the same address */

struct service_peers {
    const char *name;
    const char *hosts;
    struct rpc_instance instance[RPC_INSTANCES]; /* a free slot has no socket */
    size_t turn;                                 /* where the next look begins, so that equals take turns */
};

struct rpc_peers {
    struct bus *bus;
    struct service_peers service[SERVICES];
    size_t count;
};

struct rpc_peers *
peers_new(struct bus *bus)
{
    struct rpc_peers *peers = calloc(1, sizeof *peers);

    CHECK(peers != NULL);
    peers->bus = bus;
    return peers;
}

void
peers_free(struct rpc_peers *peers)
{
    if (!peers)
        return;
    for (size_t s = 0; s < peers->count; s++)
        for (size_t i = 0; i < RPC_INSTANCES; i++)
            bus_socket_close(peers->service[s].instance[i].socket);
    free(peers);
}

void
peers_add(struct rpc_peers *peers, const char *service, const char *hosts)
{
    CHECK(peers->count < SERVICES);
    peers->service[peers->count++] = (struct service_peers){ .name = service, .hosts = hosts };
}

static void
add_address(struct rpc_endpoints *endpoints, const struct addrinfo *address)
{
    char host[48];
    char port[8];
    char *to;

    if (endpoints->count == RPC_INSTANCES || getnameinfo(address->ai_addr, address->ai_addrlen, host, sizeof host, port,
                                                         sizeof port, NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return;
    to = endpoints->endpoint[endpoints->count];
    snprintf(to, RPC_ENDPOINT_SIZE, strchr(host, ':') ? "tcp://[%s]:%s" : "tcp://%s:%s", host, port);
    for (size_t i = 0; i < endpoints->count; i++)
        if (strcmp(endpoints->endpoint[i], to) == 0)
            return;
    endpoints->count++;
}

static void
resolve_one(const char *host, size_t size, struct rpc_endpoints *endpoints)
{
    struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;
    const char *colon = memrchr(host, ':', size);
    char name[256];
    char port[8];

    if (!colon || (size_t)(colon - host) >= sizeof name || size - (size_t)(colon - host) > sizeof port)
        return;
    snprintf(name, sizeof name, "%.*s", (int)(colon - host), host);
    snprintf(port, sizeof port, "%.*s", (int)(size - (size_t)(colon - host) - 1), colon + 1);
    if (getaddrinfo(name, port, &hints, &found) != 0)
        return;
    for (const struct addrinfo *address = found; address; address = address->ai_next)
        add_address(endpoints, address);
    freeaddrinfo(found);
}

void
peers_resolve(const char *hosts, struct rpc_endpoints *ret_endpoints)
{
    ret_endpoints->count = 0;
    while (*hosts) {
        size_t size = strcspn(hosts, ",");

        resolve_one(hosts, size, ret_endpoints);
        hosts += size + (hosts[size] == ',');
    }
}

static struct service_peers *
find_service(struct rpc_peers *peers, const char *name)
{
    for (size_t i = 0; i < peers->count; i++)
        if (strcmp(peers->service[i].name, name) == 0)
            return &peers->service[i];
    return NULL;
}

static bool
is_listed(const struct rpc_endpoints *endpoints, const char *endpoint)
{
    for (size_t i = 0; i < endpoints->count; i++)
        if (strcmp(endpoints->endpoint[i], endpoint) == 0)
            return true;
    return false;
}

static void
open_instance(struct rpc_peers *peers, struct service_peers *service, const char *endpoint)
{
    struct rpc_instance *free_slot = NULL;

    for (size_t i = 0; i < RPC_INSTANCES; i++) {
        struct rpc_instance *instance = &service->instance[i];

        if (instance->socket && strcmp(instance->endpoint, endpoint) == 0) {
            instance->leaving = false;
            return;
        }
        if (!instance->socket && !free_slot)
            free_slot = instance;
    }
    if (!free_slot)
        return;
    *free_slot = (struct rpc_instance){ .socket = bus_dealer(peers->bus, endpoint, service->name) };
    snprintf(free_slot->endpoint, sizeof free_slot->endpoint, "%s", endpoint);
}

void
peers_update(struct rpc_peers *peers, const char *name, const struct rpc_endpoints *endpoints)
{
    struct service_peers *service = find_service(peers, name);

    CHECK(service != NULL);
    if (endpoints->count == 0)
        return;
    for (size_t i = 0; i < RPC_INSTANCES; i++) {
        struct rpc_instance *instance = &service->instance[i];

        if (!instance->socket)
            continue;
        instance->leaving = !is_listed(endpoints, instance->endpoint);
        if (instance->leaving && instance->in_flight == 0) {
            bus_socket_close(instance->socket);
            instance->socket = NULL;
        }
    }
    for (size_t i = 0; i < endpoints->count; i++)
        open_instance(peers, service, endpoints->endpoint[i]);
}

static bool
can_send(struct rpc_instance *instance)
{
    int events = 0;
    size_t size = sizeof events;

    instance->stirred = true;
    return zmq_getsockopt(instance->socket, ZMQ_EVENTS, &events, &size) == 0 && (events & ZMQ_POLLOUT);
}

void
peers_going(struct rpc_instance *instance)
{
    instance->going_ms = clock_ms() + GOING_MS;
}

bool
peers_is_going(const struct rpc_instance *instance)
{
    return instance->going_ms && clock_ms() < instance->going_ms;
}

static bool
is_better(const struct rpc_instance *instance, const struct rpc_instance *best)
{
    bool going = peers_is_going(instance);

    if (!best || going != peers_is_going(best))
        return !best || !going;
    return instance->in_flight < best->in_flight;
}

static struct rpc_instance *
least_busy(struct rpc_peers *peers, const char *name, bool (*may)(struct rpc_instance *))
{
    struct service_peers *service = find_service(peers, name);
    struct rpc_instance *best = NULL;

    if (!service)
        return NULL;
    service->turn++;
    for (size_t i = 0; i < RPC_INSTANCES; i++) {
        struct rpc_instance *instance = &service->instance[(service->turn + i) % RPC_INSTANCES];

        if (instance->socket && !instance->leaving && is_better(instance, best) && (!may || may(instance)))
            best = instance;
    }
    return best;
}

struct rpc_instance *
peers_pick(struct rpc_peers *peers, const char *name)
{
    return least_busy(peers, name, can_send);
}

struct rpc_instance *
peers_likely(struct rpc_peers *peers, const char *name)
{
    return least_busy(peers, name, NULL);
}

struct rpc_instance *
peers_at(struct rpc_peers *peers, size_t i)
{
    for (size_t s = 0; s < peers->count; s++)
        for (size_t k = 0; k < RPC_INSTANCES; k++)
            if (peers->service[s].instance[k].socket && i-- == 0)
                return &peers->service[s].instance[k];
    return NULL;
}

const char *
peers_hosts(const struct rpc_peers *peers, size_t i, const char **ret_service)
{
    if (i >= peers->count)
        return NULL;
    *ret_service = peers->service[i].name;
    return peers->service[i].hosts;
}
