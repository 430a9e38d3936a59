/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a target: percent signs decoded, the query split. Pure but for the arena. */
#ifndef LIANGXIN_GATEWAY_URL_H
#define LIANGXIN_GATEWAY_URL_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#define URL_PARAMETERS 64

struct url_parameter {
    struct slice name;
    struct slice value;
};

/* Decodes %XX; `plus` also makes '+' a space. Text without either is returned as it is. False when a percent sign is
 * not followed by two hex digits. */
bool url_decode(struct arena *arena, struct slice text, bool plus, struct slice *ret_text);
/* Splits "a=1&b=2" and decodes both sides. MALFORMED or TOO_MANY. */
status_t
url_query(struct arena *arena, struct slice query, struct url_parameter ret_list[URL_PARAMETERS], size_t *ret_count);

#endif
