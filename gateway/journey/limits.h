/* SPDX-License-Identifier: Apache-2.0 */
/* Who is charged for a request, and from which bucket: an account for what it asks, an address for what nobody can be
 * named for. Loop thread. */
#ifndef LIANGXIN_GATEWAY_LIMITS_H
#define LIANGXIN_GATEWAY_LIMITS_H

#include "gateway/http/address.h"
#include "gateway/configuration.h"
#include "gateway/journey/limiter.h"

struct limits {
    struct limiter *limiter;
    struct limit_policy account; /* requests with a good token, over all sessions of the account */
    struct limit_policy address; /* requests that no account stands for: no token, or one that was refused */
    struct limit_policy open;    /* by address: methods that need no account */
    struct limit_policy guess;   /* by address: of these, what named nothing there is */
};

/* The table lives in `arena`. */
void limits_init(struct limits *limits, struct arena *arena, const struct configuration *configuration);

/* EXHAUSTED when the bucket is empty; `ret_state` is for the answer's head either way. */
status_t limits_charge_account(const struct limits *limits, struct arena *arena, struct slice actor_token,
                               struct limit_state *ret_state);
status_t
limits_charge_address(const struct limits *limits, const struct address *address, struct limit_state *ret_state);
/* Refuses as well who has guessed too often. */
status_t limits_charge_open(const struct limits *limits, const struct address *address, struct limit_state *ret_state);
/* An open method was asked for something that is not there. */
void limits_count_guess(const struct limits *limits, const struct address *address);
/* EXHAUSTED when limits_charge_address would say so: then unknown tokens from there are not even asked about. */
status_t
limits_look_at_address(const struct limits *limits, const struct address *address, struct limit_state *ret_state);

#endif
