/* SPDX-License-Identifier: Apache-2.0 */
/* The access log. Loop thread; owns nothing. */
#include "gateway/journey/access_log.h"

#include "gateway/journey/journey.h"
#include "io/clock.h"
#include "io/log.h"
#include "base/banned.h"

void
access_log(const struct journey *journey)
{
    const struct router_entry *entry = journey->match.entry;

    LOG(journey->response.http >= 500 ? LOG_WARN : LOG_INFO, "request", log_text("request_id", journey->id),
        log_text("method", entry ? entry->route->method->name : NULL), log_number("status", journey->response.http),
        log_number("us", clock_us() - journey->began_us), log_number("bytes", (int64_t)journey->response.body.size));
}
