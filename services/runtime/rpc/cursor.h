/* SPDX-License-Identifier: Apache-2.0 */
/* Page cursors: the sort keys of the last row, signed together with the query they belong to, so that a cursor cannot
 * be made up or used with other filters. */
#ifndef LIANGXIN_RPC_CURSOR_H
#define LIANGXIN_RPC_CURSOR_H

#include "base/status.h"
#include "io/seal.h"

/* The process's key; once, before threads. All instances of a service have the same. */
void cursor_open(const struct seal_key *key);
/* `filter` is any stable text of the query's parameters and the scope. Keys must not contain U+001F. */
const char *cursor_write(struct arena *arena, const char *filter, const char *const *keys, size_t count);
/* Reads exactly `count` keys. CURSOR_MISMATCH when the cursor was not made by cursor_write for this filter. */
status_t cursor_read(struct arena *arena, const char *cursor, const char *filter, const char **ret_keys, size_t count);

#endif
