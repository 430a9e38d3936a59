/* SPDX-License-Identifier: Apache-2.0 */
/* ZeroMQ, with its traps closed in one place. CURVE on every TCP socket; a ZAP handler that knows the allowed keys and
 * fails closed (ZMQ_ZAP_ENFORCE_DOMAIN), proven by bus_self_test at start.
 *
 * Rules: a socket belongs to one thread; sends never block (an answer that cannot be sent is lost and the caller asks
 * again); sizes are checked before sending, for a message over MAXMSGSIZE would cost the connection. */
#ifndef LIANGXIN_IO_BUS_H
#define LIANGXIN_IO_BUS_H

#include <stdbool.h>

#include <zmq.h>

#include "base/slice.h"
#include "base/status.h"

#define BUS_MESSAGE_LIMIT ((size_t)1024 * 1024 + 16 * 1024) /* bytes of one frame: a body of 1 MiB and its header */
#define BUS_KEY_SIZE      41                                /* Z85 text of a CURVE key and NUL */
#define BUS_FRAMES        3

struct bus;

/* Opens the context and starts the ZAP thread. `secret` is our CURVE secret (Z85); `peers` holds lines "name key" of
 * everybody who may speak to us, us included. Close with bus_close after all sockets are closed. */
status_t bus_open(struct arena *arena, const char *name, const char *secret, const char *peers, struct bus **ret_bus);
void bus_close(struct bus *bus);

/* Proves that a stranger's key is refused and our own is let in. Takes a few milliseconds. */
status_t bus_self_test(struct arena *arena, struct bus *bus);

/* Sockets. `endpoint` is "tcp://host:port". Binding ones are CURVE servers; connecting ones expect `peer`'s key. NULL
 * with errno on failure (a taken port, an unknown peer). Close with bus_socket_close. */
void *bus_router(struct bus *bus, const char *endpoint);
void *bus_dealer(struct bus *bus, const char *endpoint, const char *peer);
void *bus_publisher(struct bus *bus, const char *endpoint);
void *bus_subscriber(struct bus *bus, const char *endpoint, const char *peer);
/* Inside the process: "inproc://name". The puller binds first. */
void *bus_puller(struct bus *bus, const char *endpoint);
void *bus_pusher(struct bus *bus, const char *endpoint);
void bus_socket_close(void *socket);
/* Readable when something happened to the socket since it was last touched. Edge-triggered: whatever is done to the
 * socket may eat the edge, so only after bus_receive has found nothing may its owner sleep on it. The socket's to
 * close. */
int bus_descriptor(void *socket);

/* Sends all frames or nothing, at once. False when the peer's queue is full, nobody is connected (errno EAGAIN,
 * EHOSTUNREACH) or a frame is over the limit (EMSGSIZE). */
bool bus_send(void *socket, const struct slice *frames, size_t count);

struct bus_message {
    zmq_msg_t frame[BUS_FRAMES];
    size_t count;   /* frames held, at most BUS_FRAMES */
    bool malformed; /* there were more frames than BUS_FRAMES; the rest is dropped */
};

/* Passes a received message on without copying its frames. False as bus_send; the message stays the caller's to release
 * either way. */
bool bus_forward(void *socket, struct bus_message *message);
/* Takes one message if there is one. Release with bus_message_done. */
bool bus_receive(void *socket, struct bus_message *ret_message);
void bus_message_done(struct bus_message *message);
/* `to` takes over what `from` holds, which is empty afterwards; a zmq_msg_t must not be copied by assignment. */
void bus_message_move(struct bus_message *to, struct bus_message *from);
struct slice bus_frame(struct bus_message *message, size_t i);
/* The name that ZAP gave the sender by its key; NULL when there is none (drop such a message). */
const char *bus_caller(struct bus_message *message);

#endif
