/* SPDX-License-Identifier: Apache-2.0 */
/* Requests between the front thread and the workers: bounded, first in first out, mutex and condition variable. One
 * slow call holds one worker and nobody else (an inproc DEALER deals round robin and would let it hold all). */
#ifndef LIANGXIN_RPC_QUEUE_H
#define LIANGXIN_RPC_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "io/bus.h"

struct queued_request {
    struct bus_message message; /* sender; header and body */
    int64_t received_us;        /* monotonic */
};

struct request_queue {
    pthread_mutex_t lock; /* guards everything below */
    pthread_cond_t some;
    struct queued_request *ring;
    size_t room;
    size_t first;
    size_t count;
    int waiting; /* workers asleep */
    int called;  /* of them, those a signal is on its way to: no need for another */
    bool closed;
};

void queue_init(struct request_queue *queue, size_t room);
void queue_done(struct request_queue *queue);
/* Takes the message over; false (and the message stays the caller's) when the queue is full or closed. */
bool queue_push(struct request_queue *queue, struct bus_message *message, int64_t received_us);
enum queue_outcome { QUEUE_REQUEST, QUEUE_QUIET, QUEUE_CLOSED };
/* Waits up to `ms` milliseconds for a request; QUEUE_CLOSED when the queue is closed and empty. */
enum queue_outcome queue_pop(struct request_queue *queue, int64_t ms, struct queued_request *ret_request);
/* No more pushes; poppers finish what is there. */
void queue_close(struct request_queue *queue);
size_t queue_length(struct request_queue *queue);

#endif
