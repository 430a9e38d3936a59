/* SPDX-License-Identifier: Apache-2.0 */
/* Server-sent events: whoever listens is told what changed that the acting post may see, ids only. Fed by notifications
 * alone (stream_source.h). Loop thread.
 *
 * Every event carries its place as id, and so does a heartbeat, so that a client that comes back with Last-Event-ID
 * gets what it missed, or `reset` when that is not known any more. A log-in is asked about again and again while its
 * stream is open, without counting as use; the stream ends when it does, and begins anew (`reset`) when another post
 * acts. */
#ifndef LIANGXIN_GATEWAY_STREAM_H
#define LIANGXIN_GATEWAY_STREAM_H

#include "gateway/configuration.h"
#include "gateway/journey/session.h"
#include "gateway/streams/stream_source.h"

#define STREAM_TYPE        "text/event-stream"
#define STREAM_BEARER_SIZE 256

struct streams;

/* Who listens, in the memory of its owner from stream_open to stream_leave. */
struct stream_reader {
    /* The owner's, set before stream_open: takes text for the client, or drops a reader that is too slow (by
     * stream_leave, maybe within the call); ends the connection. */
    void (*write)(struct stream_reader *reader, struct slice text);
    void (*end)(struct stream_reader *reader);
    struct streams *streams; /* NULL: not listening */
    struct stream_reader *next;
    struct stream_reader **back;
    struct session_waiter waiter;
    struct id account;
    struct id organization;
    struct stream_place place; /* up to here it has been told */
    bool placed;
    bool resumes; /* `place` is what the client asked for */
    size_t bearer_size;
    char bearer[STREAM_BEARER_SIZE];
};

/* `method` is ReadStream. */
struct streams *streams_new(uv_loop_t *loop, struct upstream *upstream, struct sessions *sessions,
                            const struct rpc_method *method, const struct configuration *configuration);
/* On the loop from here on; `bells` are those of `service`. */
void streams_start(struct streams *streams, struct bus *bus, const char *service, const char *bells);
/* Takes itself off the loop. The readers' owners leave by themselves. */
void streams_stop(struct streams *streams);
/* After the loop has run empty. Accepts NULL. */
void streams_free(struct streams *streams);

/* Whether the actor of this token may listen: DENIED without `permission`, EXHAUSTED when there are too many, of the
 * account or of all; UNAVAILABLE when nobody may. */
status_t
streams_admit(const struct streams *streams, struct arena *arena, struct slice actor_token, const char *permission);
/* Begins, after streams_admit. `last_event_id` may be empty. */
void stream_open(struct streams *streams, struct stream_reader *reader, struct slice actor_token, struct slice bearer,
                 struct slice last_event_id);
void stream_leave(struct stream_reader *reader);

#endif
