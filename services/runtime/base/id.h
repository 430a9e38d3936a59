/* SPDX-License-Identifier: Apache-2.0 */
/* UUID version 7 (RFC 9562): 48 bits of milliseconds, then random bits, so that keys made together lie together. Pure:
 * time and randomness are given. */
#ifndef LIANGXIN_BASE_ID_H
#define LIANGXIN_BASE_ID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/slice.h"

#define ID_BYTES 16
#define ID_SIZE  37 /* text and NUL */

struct id {
    uint8_t bytes[ID_BYTES];
};

/* An id of the given time with the given random bytes (10 are used). */
struct id id_make(instant_t at, const uint8_t random[ID_BYTES]);
/* Reads the 36-character form, upper or lower case. */
bool id_parse(struct slice text, struct id *ret_id);
void id_format(const struct id *id, char ret_text[ID_SIZE]);
/* False unless there are exactly 16 bytes. */
bool id_from_bytes(const void *data, size_t size, struct id *ret_id);
bool id_equal(const struct id *a, const struct id *b);
bool id_is_nil(const struct id *id);

#endif
