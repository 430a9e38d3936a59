/* SPDX-License-Identifier: Apache-2.0 */
/* Time and randomness of the kernel. Any thread; the shift is set before threads start. */
#include "io/clock.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "base/check.h"
#include "base/banned.h"

static int64_t shift_seconds; /* set at start and does not change */

void
clock_shift(int64_t seconds)
{
    shift_seconds = seconds;
}

static int64_t
read_us(clockid_t which)
{
    struct timespec ts;

    CHECK(clock_gettime(which, &ts) == 0);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

instant_t
clock_now(void)
{
    return read_us(CLOCK_REALTIME) + shift_seconds * 1000000;
}

date_t
clock_today(void)
{
    return instant_date(clock_now());
}

int64_t
clock_ms(void)
{
    return read_us(CLOCK_MONOTONIC) / 1000;
}

int64_t
clock_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

void
clock_random(void *ret_bytes, size_t size)
{
    char *at = ret_bytes;

    while (size) {
        ssize_t n = getrandom(at, size, 0);

        CHECK(n > 0 || errno == EINTR);
        if (n > 0) {
            at += n;
            size -= (size_t)n;
        }
    }
}

/* Random bytes for ids, fetched from the kernel many at a time: a system call for each id would cost more than the id.
 */
static void
id_random(uint8_t ret_bytes[ID_BYTES])
{
    static _Thread_local uint8_t pool[64 * ID_BYTES];
    static _Thread_local size_t left;

    if (left == 0) {
        clock_random(pool, sizeof pool);
        left = sizeof pool;
    }
    left -= ID_BYTES;
    memcpy(ret_bytes, pool + left, ID_BYTES);
}

struct id
clock_id(void)
{
    uint8_t random[ID_BYTES];

    id_random(random);
    return id_make(clock_now(), random);
}
