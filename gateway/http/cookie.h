/* SPDX-License-Identifier: Apache-2.0 */
/* The log-in of a browser: a cookie that no script reads, and what a request with it must show so that no other site's
 * page can have made it. Pure. */
#ifndef LIANGXIN_GATEWAY_COOKIE_H
#define LIANGXIN_GATEWAY_COOKIE_H

#include "base/arena.h"
#include "gateway/http/request.h"

#define COOKIE_NAME "liangxin_session"

/* The value of our cookie in a Cookie field; empty when it is not there or there twice. */
struct slice cookie_value(struct slice cookie);
/* The line that sets it, or takes it away (`token` empty). Over plain HTTP not `secure`. */
const char *cookie_line(struct arena *arena, struct slice token, bool secure);

/* Whether a page of ours asks: X-Requested-With, which another site's page cannot set. */
bool cookie_is_page(const struct request *request);
/* Whether the Origin, when there is one, is the host that was asked. */
bool cookie_is_own_origin(const struct request *request);
/* Whether a cookie counts for this request: it changes nothing, or one of our pages made it and says so. */
bool cookie_counts(const struct request *request);

#endif
