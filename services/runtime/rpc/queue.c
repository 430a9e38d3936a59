/* SPDX-License-Identifier: Apache-2.0 */
/* The bounded queue. Front thread pushes, workers pop. */
#include "rpc/queue.h"

#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "io/clock.h"
#include "base/banned.h"

void
queue_init(struct request_queue *queue, size_t room)
{
    pthread_condattr_t monotonic;

    *queue = (struct request_queue){ .ring = calloc(room, sizeof *queue->ring), .room = room };
    CHECK(queue->ring != NULL);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&queue->some, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

void
queue_done(struct request_queue *queue)
{
    for (size_t i = 0; i < queue->count; i++)
        bus_message_done(&queue->ring[(queue->first + i) % queue->room].message);
    free(queue->ring);
    pthread_mutex_destroy(&queue->lock);
    pthread_cond_destroy(&queue->some);
}

bool
queue_push(struct request_queue *queue, struct bus_message *message, int64_t received_us)
{
    bool taken;

    pthread_mutex_lock(&queue->lock);
    taken = !queue->closed && queue->count < queue->room;
    if (taken) {
        struct queued_request *slot = &queue->ring[(queue->first + queue->count) % queue->room];

        slot->received_us = received_us;
        bus_message_move(&slot->message, message);
        queue->count++;
        if (queue->waiting > queue->called) {
            queue->called++;
            pthread_cond_signal(&queue->some);
        }
    }
    pthread_mutex_unlock(&queue->lock);
    return taken;
}

static struct timespec
moment_after(int64_t ms)
{
    int64_t at_us = clock_us() + ms * 1000;

    return (struct timespec){ .tv_sec = at_us / 1000000, .tv_nsec = at_us % 1000000 * 1000 };
}

enum queue_outcome
queue_pop(struct request_queue *queue, int64_t ms, struct queued_request *ret_request)
{
    struct timespec until = moment_after(ms);
    enum queue_outcome outcome = QUEUE_REQUEST;
    int waited = 0;

    pthread_mutex_lock(&queue->lock);
    while (queue->count == 0 && !queue->closed && waited == 0) {
        queue->waiting++;
        waited = pthread_cond_timedwait(&queue->some, &queue->lock, &until);
        queue->waiting--;
        queue->called -= queue->called > 0;
    }
    if (queue->count > 0) {
        struct queued_request *slot = &queue->ring[queue->first];

        ret_request->received_us = slot->received_us;
        bus_message_move(&ret_request->message, &slot->message);
        queue->first = (queue->first + 1) % queue->room;
        queue->count--;
    } else {
        outcome = queue->closed ? QUEUE_CLOSED : QUEUE_QUIET;
    }
    pthread_mutex_unlock(&queue->lock);
    return outcome;
}

void
queue_close(struct request_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->some);
    pthread_mutex_unlock(&queue->lock);
}

size_t
queue_length(struct request_queue *queue)
{
    size_t length;

    pthread_mutex_lock(&queue->lock);
    length = queue->count;
    pthread_mutex_unlock(&queue->lock);
    return length;
}
