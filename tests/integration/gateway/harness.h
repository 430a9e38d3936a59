/* SPDX-License-Identifier: Apache-2.0 */
/* The gateway on a loop of its own thread, before a made-up service of two instances on another; the test is the
 * client. Nothing sleeps: whoever waits has a deadline and fails. */
#ifndef LIANGXIN_TESTS_GATEWAY_HARNESS_H
#define LIANGXIN_TESTS_GATEWAY_HARNESS_H

#include <stdatomic.h>

#include "gateway/configuration.h"
#include "gateway_sample.h"
#include "io/metrics.h"

/* What the service does with Get, by id:
 *   "silent"  nothing, ever
 *   "second"  nothing at the first attempt
 *   "held"    answers once service_release is called (also Add and Put of this name)
 *   "large"   a name of 900,000 bytes
 *   "gone"    not-found
 *   others    a thing of this id in version 7
 * Exchange makes of "watch<account><organization>", both a digit, somebody who may watch, for 200 ms; of "blind.." one
 * who may not. Add and Put give back what they got, with the key as note and the version one higher. Exchange takes
 * every bearer but "bad". PutFile and GetFile carry the file of service_file.c by id: "full"    has no room behind the
 * first piece "torn"    not-found behind the first piece "page"    is stored as text/html "held"    answers once
 * service_release is called others    bytes: of any length up, FILE_SIZE of file_byte down */
#define FILE_SIZE 700000 /* three pieces */
struct service {
    atomic_int pieces;      /* calls of PutFile and GetFile so far */
    atomic_int file_size;   /* bytes taken of the last file */
    atomic_int file_faults; /* pieces that did not follow the one before, or had wrong bytes */
    atomic_int file_last;   /* files taken to the end */
    atomic_int exchanges;   /* calls of Exchange so far */
    atomic_int held;        /* requests for "held" seen so far */
    atomic_int answers;     /* answers sent so far */
    atomic_int published;   /* items of the stream; the n-th is a thing of kind "letter", seen by organization n % 2 */
    atomic_int life;        /* of the stream */
    atomic_bool locked;     /* watchers' log-ins are refused */
};

struct harness {
    struct configuration configuration; /* may be changed before harness_start */
    struct service service;
    int port;
    int proxy_port; /* when configuration.proxy_bind is set */
};

/* Settings as in production but for the port and the rate limits, which are off. */
struct harness *harness_new(void);
void harness_start(struct harness *harness);
/* Asks the gateway to stop, as SIGTERM does. */
void harness_ask_to_stop(struct harness *harness);
/* Asks too, and returns when the loop has run empty. */
void harness_drain(struct harness *harness);
/* Drains when that has not been done. */
void harness_free(struct harness *harness);
/* Stops the loop, as one very long callback would, and returns when it stands; harness_go_on lets it run. */
void harness_hold(struct harness *harness);
void harness_go_on(struct harness *harness);
void service_release(struct harness *harness);
/* So many more items in the stream; the bell rings. */
void service_publish(struct harness *harness, int count);
/* Waits until `*counter` has reached `value`. */
void harness_wait(const atomic_int *counter, int value);
/* Waits until the metric is between the two. */
void harness_wait_metric(struct metric *metric, const char *label, int64_t least, int64_t most);

/* A harness for each test, not started: cmocka's set-up and tear-down. */
int harness_set_up(void **state);
int harness_tear_down(void **state);

/* Byte of a file at an offset. */
char file_byte(size_t offset);

/* A client connection; reads give up after 20 seconds. */
int client_open(const struct harness *harness);
void client_send(int fd, const char *text);
struct answer {
    int http;
    char head[4096];
    char body[1024 * 1024];
    size_t size; /* of the body */
};
/* False when the connection ended before a whole answer. */
bool client_receive(int fd, struct answer *ret_answer);
/* True when nothing more comes and the other side has closed. */
bool client_is_closed(int fd);
/* One request on a connection of its own. */
void client_ask(const struct harness *harness, const char *text, struct answer *ret_answer);

/* Once, at the start of main: what the gateway's main does for the process. */
void harness_main(void);

#endif
