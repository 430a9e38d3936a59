/* SPDX-License-Identifier: Apache-2.0 */
/* A man in the middle for PostgreSQL, so that faults are made from outside the product: it can hold the COMMIT or
 * any statement on its way to the server, hold the server's answer to a COMMIT, freeze (a dead peer: nothing moves,
 * nothing closes) and cut. */
#ifndef LIANGXIN_TESTS_PROXY_H
#define LIANGXIN_TESTS_PROXY_H

#include <stdbool.h>

enum proxy_mode {
    PROXY_PASS,
    PROXY_HOLD_COMMIT,    /* the next COMMIT does not reach the server */
    PROXY_HOLD_ANSWER,    /* the next COMMIT does, its answer does not come back */
    PROXY_HOLD_STATEMENT, /* the message that binds `statement` does not reach the server, nor does what follows it */
    PROXY_FREEZE,         /* nothing moves in either direction */
};

struct proxy;

/* Listens on a free port of 127.0.0.1 and passes to the server's unix socket, on a thread of its own. */
struct proxy *proxy_open(const char *server_socket);
void proxy_close(struct proxy *proxy);
int proxy_port(const struct proxy *proxy);
/* `statement`: only a COMMIT behind a statement of this name counts (other threads of the process commit too); NULL:
 * any. The text must outlive the proxy. */
void proxy_set(struct proxy *proxy, enum proxy_mode mode, const char *statement);
/* Waits until a message or an answer is held; false after `ms` milliseconds. */
bool proxy_await_held(struct proxy *proxy, int ms);
/* How many have been held so far: after proxy_await_held the turn of the one just held, for proxy_release. */
int proxy_turn(struct proxy *proxy);
/* Lets what is held go on to the server, and waits until it does. */
void proxy_release(struct proxy *proxy, int turn);
/* Closes every connection; what is held is lost. */
void proxy_cut(struct proxy *proxy);

#endif
