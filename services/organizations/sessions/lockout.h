/* SPDX-License-Identifier: Apache-2.0 */
/* How long nobody is asked for a password after so many refused log-ins. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_SESSIONS_LOCKOUT_H
#define LIANGXIN_ORGANIZATIONS_SESSIONS_LOCKOUT_H

#include "base/date.h"

#define LOCKOUT_FREE   4                            /* refusals that cost nothing */
#define LOCKOUT_FORGET ((instant_t)86400 * 1000000) /* refusals older than this do not count */

/* Microseconds: 0, then 30 s, doubled with each further refusal, a quarter of an hour at most. */
instant_t lockout_wait(int64_t failures);

#endif
