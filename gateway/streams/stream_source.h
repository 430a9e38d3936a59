/* SPDX-License-Identifier: Apache-2.0 */
/* Where streams' news comes from: notifications is asked what changed when its bell rings, and twice a second should
 * the bell not be heard, once for all streams; not at all while nobody listens. Loop thread. */
#ifndef LIANGXIN_GATEWAY_STREAM_SOURCE_H
#define LIANGXIN_GATEWAY_STREAM_SOURCE_H

#include <uv.h>

#include "gateway/streams/stream_ring.h"
#include "gateway/upstream/upstream.h"

#define STREAM_BELLS 16

struct stream_source;

struct stream_bell {
    uv_poll_t poll;
    void *socket;
    struct stream_source *source;
};

struct stream_source {
    uv_loop_t *loop; /* set by stream_source_init and does not change, like the next three */
    struct upstream *upstream;
    const struct rpc_method *method; /* ReadStream */
    void (*arrived)(struct stream_source *source);
    struct stream_ring ring;
    struct upstream_call call;
    struct arena *arena; /* of the call under way; NULL: none */
    uv_timer_t timer;
    struct stream_bell bell[STREAM_BELLS];
    size_t n_bells;
    bool again;   /* the bell rang while a call was under way */
    bool started; /* handles are on the loop */
    bool running;
};

/* `arrived` is called whenever the ring may hold more than before. */
void stream_source_init(struct stream_source *source, uv_loop_t *loop, struct upstream *upstream,
                        const struct rpc_method *method, void (*arrived)(struct stream_source *source));
/* Puts timer and bells on the loop. `bells`: "host:port[,host:port]" of `service`'s doorbells; may be empty. */
void stream_source_start(struct stream_source *source, struct bus *bus, const char *service, const char *bells);
/* Follows from now on; asks at once. */
void stream_source_run(struct stream_source *source);
/* Nobody listens: the ring closes. */
void stream_source_rest(struct stream_source *source);
/* Takes everything off the loop. */
void stream_source_stop(struct stream_source *source);
/* After the loop has run empty. */
void stream_source_done(struct stream_source *source);

#endif
