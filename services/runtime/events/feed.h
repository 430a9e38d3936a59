/* SPDX-License-Identifier: Apache-2.0 */
/* The methods by which every service serves its feed and its parked events (feed/v1/feed.proto). The daemon adds them
 * to the service's own table. */
#ifndef LIANGXIN_EVENTS_FEED_H
#define LIANGXIN_EVENTS_FEED_H

#include "events/follower.h"
#include "rpc/server.h"

/* Ends with .method == NULL. call->state need not be known to them; parked events are retried through the
 * subscriptions given by feed_subscriptions. */
extern const struct rpc_endpoint feed_endpoints[];

/* Tells the retry method which functions apply what. Once, before the server starts. */
void feed_subscriptions(const struct subscription *subscriptions, void *state);
/* What was told, or NULL: this process follows nobody. */
const struct subscription *feed_subscribed(void);

#endif
