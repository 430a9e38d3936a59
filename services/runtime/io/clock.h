/* SPDX-License-Identifier: Apache-2.0 */
/* The only source of time and randomness. Wall time can be shifted as a whole (LIANGXIN_CLOCK, test systems); waiting
 * is always measured on the monotonic clock, which nothing shifts. Thread safe. */
#ifndef LIANGXIN_IO_CLOCK_H
#define LIANGXIN_IO_CLOCK_H

#include <stdint.h>

#include "base/date.h"
#include "base/id.h"

/* Seconds added to wall time from now on, in the whole process. Set once at start. */
void clock_shift(int64_t seconds);
/* Microseconds since the epoch, shifted. */
instant_t clock_now(void);
/* The civil day in Asia/Shanghai. */
date_t clock_today(void);
/* Monotonic milliseconds, for deadlines. */
int64_t clock_ms(void);
/* Monotonic microseconds, for measuring. */
int64_t clock_us(void);
/* Random bytes from the kernel; cannot fail. */
void clock_random(void *ret_bytes, size_t size);
/* A UUIDv7 of this moment. */
struct id clock_id(void);

#endif
