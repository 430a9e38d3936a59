/* SPDX-License-Identifier: Apache-2.0 */
/* Rate limits: token buckets for whoever asks. A bucket holds `quota` requests and is full again after `window_s`; it
 * is kept as one instant (the generic cell rate algorithm), so a table of fixed size bounds what strangers can make us
 * remember. Time is given. Loop thread; pure but for its own table. */
#ifndef LIANGXIN_GATEWAY_LIMITER_H
#define LIANGXIN_GATEWAY_LIMITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"
#include "io/seal.h"

struct limit_policy {
    const char *name; /* as told to clients and metrics */
    int64_t quota;    /* requests; 0: no limit */
    int64_t window_s;
};

/* A bucket as a client is told of it. */
struct limit_state {
    const struct limit_policy *policy; /* NULL: nothing to tell */
    int64_t remaining;                 /* requests left */
    int64_t reset_s;                   /* until the bucket is full */
    uint32_t retry_s;                  /* refused: until the next request is taken; else 0 */
};

struct limiter;

/* Room for `buckets` at once, rounded up to a power of two; lives in `arena`. When it is full the bucket nearest to
 * being full again is forgotten. `seed` makes places unguessable. */
struct limiter *limiter_new(struct arena *arena, size_t buckets, const struct seal_key *seed);
/* Takes one request of `who`; false when the bucket is empty, and nothing is taken then. */
bool limiter_take(struct limiter *limiter, const struct limit_policy *policy, struct slice who, int64_t now_us,
                  struct limit_state *ret_state);
/* What limiter_take would answer. */
bool limiter_would(const struct limiter *limiter, const struct limit_policy *policy, struct slice who, int64_t now_us,
                   struct limit_state *ret_state);

#endif
