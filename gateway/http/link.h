/* SPDX-License-Identifier: Apache-2.0 */
/* The address of a list's next page, for Link: rel="next" (RFC 8288). Pure but for the arena. */
#ifndef LIANGXIN_GATEWAY_LINK_H
#define LIANGXIN_GATEWAY_LINK_H

#include "base/arena.h"
#include "base/slice.h"

#define LINK_LIMIT 2048 /* bytes; a longer address is not told: next_cursor in the body is the same */

/* `path` and `query` as the client sent them, with the cursor in the place of its own; NULL when too long. */
const char *link_next(struct arena *arena, struct slice path, struct slice query, const char *cursor);

#endif
