/* SPDX-License-Identifier: Apache-2.0 */
/* The growing wait. Pure. */
#include "organizations/sessions/lockout.h"

#include "base/banned.h"

#define SECOND ((instant_t)1000000)
#define FIRST  (30 * SECOND)
#define MOST   (900 * SECOND)

instant_t
lockout_wait(int64_t failures)
{
    instant_t wait = FIRST;

    if (failures <= LOCKOUT_FREE)
        return 0;
    for (int64_t i = LOCKOUT_FREE + 1; i < failures && wait < MOST; i++)
        wait *= 2;
    return wait < MOST ? wait : MOST;
}
