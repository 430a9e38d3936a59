/* SPDX-License-Identifier: Apache-2.0 */
/* What bus.c, bus_zap.c and bus_self_test.c share. */
#ifndef LIANGXIN_IO_BUS_PRIVATE_H
#define LIANGXIN_IO_BUS_PRIVATE_H

#include <pthread.h>

#include "io/bus.h"

#define BUS_PEERS  64
#define BUS_DOMAIN "liangxin"
/* ZMQ_ZAP_ENFORCE_DOMAIN: a draft option in Debian's header, but the packaged library takes it. Without it a CURVE
 * server whose ZAP handler is late or dead lets everybody in. */
#define ZAP_ENFORCE_DOMAIN 93

struct bus_peer {
    char name[32];
    char key[BUS_KEY_SIZE];
};

struct bus {
    void *context;
    struct bus_peer own;
    char secret[BUS_KEY_SIZE];
    struct bus_peer peers[BUS_PEERS]; /* filled by bus_open and does not change */
    size_t n_peers;
    pthread_t zap_thread;
    void *zap_stop; /* PAIR towards the ZAP thread */
};

/* bus.c */
const struct bus_peer *bus_find_peer(const struct bus *bus, const char *name);
/* A CURVE client of `type`, not yet connected. */
void *bus_client(struct bus *bus, int type, const char *server_key, const char *public_key, const char *secret_key);

/* bus_zap.c: returns once the handler is bound, so that no socket is bound before it. */
void bus_zap_start(struct bus *bus);
void bus_zap_stop(struct bus *bus);

#endif
