/* SPDX-License-Identifier: Apache-2.0 */
/* The four policies. Loop thread; owns nothing, the table lies in the process's arena. */
#include "gateway/journey/limits.h"

#include <sys/random.h>

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/check.h"
#include "gateway/meters.h"
#include "io/clock.h"
#include "rpc/codec.h"
#include "base/banned.h"

void
limits_init(struct limits *limits, struct arena *arena, const struct configuration *configuration)
{
    int64_t window_s = configuration->rate_window / 1000;
    struct seal_key seed;

    CHECK(getrandom(seed.bytes, sizeof seed.bytes, 0) == (ssize_t)sizeof seed.bytes);
    limits->limiter = limiter_new(arena, (size_t)configuration->rate_buckets, &seed);
    limits->account = (struct limit_policy){ "account", configuration->rate_account, window_s };
    limits->address = (struct limit_policy){ "address", configuration->rate_address, window_s };
    limits->open = (struct limit_policy){ "open", configuration->rate_open, window_s };
    limits->guess = (struct limit_policy){ "guess", configuration->rate_guess, window_s };
}

static status_t
verdict(bool taken, const struct limit_policy *policy)
{
    if (taken)
        return OK;
    metric_add(&meter_limited, policy->name, 1);
    return status_plain(PROBLEM_EXHAUSTED);
}

static status_t
charge(const struct limits *limits, const struct limit_policy *policy, struct slice who, struct limit_state *ret_state)
{
    return verdict(limiter_take(limits->limiter, policy, who, clock_us(), ret_state), policy);
}

/* The account a token was made for. What cannot be read stands for itself: judging tokens is the services' work. */
static struct slice
account_of(struct arena *arena, struct slice token)
{
    const Liangxin__Rpc__V1__ActorToken *actor;
    ProtobufCMessage *message;

    if (token.size <= SEAL_SIGNATURE || codec_unpack(arena, &liangxin__rpc__v1__actor_token__descriptor,
                                                     slice_make(token.data, token.size - SEAL_SIGNATURE), &message))
        return token;
    actor = (const Liangxin__Rpc__V1__ActorToken *)message;
    return slice_make(actor->account_id.data, actor->account_id.len);
}

status_t
limits_charge_account(const struct limits *limits, struct arena *arena, struct slice actor_token,
                      struct limit_state *ret_state)
{
    return charge(limits, &limits->account, account_of(arena, actor_token), ret_state);
}

status_t
limits_charge_address(const struct limits *limits, const struct address *address, struct limit_state *ret_state)
{
    return charge(limits, &limits->address, address_slice(address), ret_state);
}

status_t
limits_charge_open(const struct limits *limits, const struct address *address, struct limit_state *ret_state)
{
    struct limit_state guesses;

    if (!limiter_would(limits->limiter, &limits->guess, address_slice(address), clock_us(), &guesses)) {
        *ret_state = guesses;
        return verdict(false, &limits->guess);
    }
    return charge(limits, &limits->open, address_slice(address), ret_state);
}

void
limits_count_guess(const struct limits *limits, const struct address *address)
{
    struct limit_state state;

    metric_add(&meter_guesses, NULL, 1);
    limiter_take(limits->limiter, &limits->guess, address_slice(address), clock_us(), &state);
}

status_t
limits_look_at_address(const struct limits *limits, const struct address *address, struct limit_state *ret_state)
{
    const struct limit_policy *policy = &limits->address;

    return verdict(limiter_would(limits->limiter, policy, address_slice(address), clock_us(), ret_state), policy);
}
