/* SPDX-License-Identifier: Apache-2.0 */
/* Buckets in sets of eight ways, found by a keyed hash. A bucket is the instant at which it will be full again; one in
 * the past is as good as none. Loop thread; the table lies in the arena. */
#include "gateway/journey/limiter.h"

#include "base/banned.h"

#define WAYS      8
#define SECOND_US INT64_C(1000000)

struct bucket {
    uint8_t who[SEAL_INDEX];
    int64_t full_us; /* when it is full again */
};

struct limiter {
    struct seal_key seed;
    size_t sets; /* a power of two */
    struct bucket *bucket;
};

struct limiter *
limiter_new(struct arena *arena, size_t buckets, const struct seal_key *seed)
{
    struct limiter *limiter = arena_alloc(arena, sizeof *limiter);

    limiter->seed = *seed;
    limiter->sets = 1;
    while (limiter->sets * WAYS < buckets)
        limiter->sets *= 2;
    limiter->bucket = arena_array(arena, limiter->sets * WAYS, sizeof *limiter->bucket);
    return limiter;
}

static struct bucket *
set_of(const struct limiter *limiter, const uint8_t who[SEAL_INDEX])
{
    uint32_t start;

    memcpy(&start, who, sizeof start);
    return limiter->bucket + (start & (limiter->sets - 1)) * WAYS;
}

/* The bucket of `who`, or NULL. */
static struct bucket *
find(const struct limiter *limiter, const uint8_t who[SEAL_INDEX])
{
    struct bucket *set = set_of(limiter, who);

    for (size_t i = 0; i < WAYS; i++)
        if (memcmp(set[i].who, who, SEAL_INDEX) == 0)
            return &set[i];
    return NULL;
}

/* A place for `who`: that of the bucket which is full first. */
static struct bucket *
make_room(const struct limiter *limiter, const uint8_t who[SEAL_INDEX])
{
    struct bucket *set = set_of(limiter, who);
    struct bucket *best = set;

    for (size_t i = 1; i < WAYS; i++)
        if (set[i].full_us < best->full_us)
            best = &set[i];
    memcpy(best->who, who, SEAL_INDEX);
    best->full_us = 0;
    return best;
}

static int64_t
seconds(int64_t us)
{
    return (us + SECOND_US - 1) / SECOND_US;
}

/* The instant at which the bucket would be full if one more were taken; `ret_state` tells of it before and after. */
static bool
judge(const struct limit_policy *policy, int64_t full_us, int64_t now_us, int64_t *ret_full_us,
      struct limit_state *ret_state)
{
    int64_t window_us = policy->window_s * SECOND_US;
    int64_t each_us = window_us / policy->quota;
    int64_t from_us = full_us > now_us ? full_us : now_us;
    int64_t used_us = from_us + each_us - now_us; /* of the window, with this one */
    bool fits = used_us <= window_us;

    *ret_full_us = from_us + each_us;
    ret_state->policy = policy;
    ret_state->remaining = fits ? (window_us - used_us) / each_us : 0;
    ret_state->reset_s = seconds(fits ? used_us : from_us - now_us);
    ret_state->retry_s = fits ? 0 : (uint32_t)seconds(used_us - window_us);
    return fits;
}

static void
name(const struct limiter *limiter, const struct limit_policy *policy, struct slice who, uint8_t ret_who[SEAL_INDEX])
{
    seal_index(&limiter->seed, policy->name, who, ret_who);
}

bool
limiter_take(struct limiter *limiter, const struct limit_policy *policy, struct slice who, int64_t now_us,
             struct limit_state *ret_state)
{
    uint8_t index[SEAL_INDEX];
    struct bucket *bucket;
    int64_t full_us;

    *ret_state = (struct limit_state){ 0 };
    if (policy->quota == 0)
        return true;
    name(limiter, policy, who, index);
    bucket = find(limiter, index);
    if (!bucket)
        bucket = make_room(limiter, index);
    if (!judge(policy, bucket->full_us, now_us, &full_us, ret_state))
        return false;
    bucket->full_us = full_us;
    return true;
}

bool
limiter_would(const struct limiter *limiter, const struct limit_policy *policy, struct slice who, int64_t now_us,
              struct limit_state *ret_state)
{
    uint8_t index[SEAL_INDEX];
    const struct bucket *bucket;
    int64_t full_us;

    *ret_state = (struct limit_state){ 0 };
    if (policy->quota == 0)
        return true;
    name(limiter, policy, who, index);
    bucket = find(limiter, index);
    return judge(policy, bucket ? bucket->full_us : 0, now_us, &full_us, ret_state);
}
