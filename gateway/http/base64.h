/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes as text (RFC 4648, the standard alphabet with padding). Pure. */
#ifndef LIANGXIN_GATEWAY_BASE64_H
#define LIANGXIN_GATEWAY_BASE64_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/slice.h"

struct slice base64_encode(struct arena *arena, struct slice bytes);
/* False unless `text` is what base64_encode would write. */
bool base64_decode(struct arena *arena, struct slice text, struct slice *ret_bytes);

#endif
