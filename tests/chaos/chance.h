/* SPDX-License-Identifier: Apache-2.0 */
/* Chance from a seed: each thread has its own, so that a run's choices are those of its seed as far as the machine's
 * timing lets them. */
#ifndef LIANGXIN_CHAOS_CHANCE_H
#define LIANGXIN_CHAOS_CHANCE_H

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline struct chance
chance_of(uint64_t seed, uint64_t stream)
{
    return (struct chance){ (seed + 1) * 0x9E3779B97F4A7C15u ^ (stream + 1) * 0xD1B54A32D192ED03u };
}

/* 0 .. below - 1 */
static inline int
chance_below(struct chance *chance, int below)
{
    chance->state ^= chance->state >> 12;
    chance->state ^= chance->state << 25;
    chance->state ^= chance->state >> 27;
    return (int)((chance->state * 0x2545F4914F6CDD1Du >> 33) % (uint64_t)below);
}

static inline bool
chance_percent(struct chance *chance, int percent)
{
    return chance_below(chance, 100) < percent;
}

static inline void
chance_pause(struct chance *chance, int from_ms, int to_ms)
{
    poll(NULL, 0, from_ms + chance_below(chance, to_ms - from_ms + 1));
}

#endif
