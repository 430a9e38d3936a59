/* SPDX-License-Identifier: Apache-2.0 */
/* The instances of the services we call: one DEALER each (a DEALER with two peers parks requests at a dead one), the
 * next call goes where the fewest are in flight. Names are resolved again every RPC_RESOLVE_MS. A struct rpc_peers and
 * its sockets belong to one thread. */
#ifndef LIANGXIN_RPC_PEERS_H
#define LIANGXIN_RPC_PEERS_H

#include "io/bus.h"

#define RPC_RESOLVE_MS    10000
#define RPC_INSTANCES     16 /* per service */
#define RPC_ENDPOINT_SIZE 64 /* "tcp://[v6]:port" and NUL */

struct rpc_peers;

struct rpc_instance {
    char endpoint[RPC_ENDPOINT_SIZE];
    void *socket;
    int in_flight;    /* the owner counts up when it sends, down at the answer or the deadline */
    bool leaving;     /* no longer named: takes no new calls, closes once nothing is in flight */
    int64_t going_ms; /* said that it is stopping: until then it is the last to be chosen; 0: never said */
    bool stirred; /* set by whatever touches the socket but receiving (bus_descriptor); cleared by an owner on a loop */
};

struct rpc_endpoints {
    char endpoint[RPC_INSTANCES][RPC_ENDPOINT_SIZE];
    size_t count;
};

struct rpc_peers *peers_new(struct bus *bus);
/* Closes the sockets. */
void peers_free(struct rpc_peers *peers);
/* `hosts` is the setting LIANGXIN_PEER_<SERVICE>: "host:port[,host:port]". Texts must outlive the peers. */
void peers_add(struct rpc_peers *peers, const char *service, const char *hosts);
/* Looks the hosts up; blocks on the resolver for names, not for numbers. Pure of any peers, so that an event loop can
 * run it on another thread. */
void peers_resolve(const char *hosts, struct rpc_endpoints *ret_endpoints);
/* Opens new instances and retires those gone. An empty list changes nothing (the resolver is away). */
void peers_update(struct rpc_peers *peers, const char *service, const struct rpc_endpoints *endpoints);

/* The instance with the fewest calls in flight among those that can take a message now; one that is going only where
 * there is no other; NULL when there is none. */
struct rpc_instance *peers_pick(struct rpc_peers *peers, const char *service);
/* The one with the fewest calls in flight, not asked whether it can take a message, which is a system call: where it
 * cannot, ask peers_pick. */
struct rpc_instance *peers_likely(struct rpc_peers *peers, const char *service);
/* The instance has answered not_begun: for a while calls go to others, where there are any. */
void peers_going(struct rpc_instance *instance);
bool peers_is_going(const struct rpc_instance *instance);
/* All instances of all services, for polling: the i-th, or NULL past the end. */
struct rpc_instance *peers_at(struct rpc_peers *peers, size_t i);
/* The hosts of the i-th service added, or NULL past the end; its name in `ret_service`. */
const char *peers_hosts(const struct rpc_peers *peers, size_t i, const char **ret_service);

#endif
