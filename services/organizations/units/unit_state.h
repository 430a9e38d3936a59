/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: the life of a unit (单位存续). What was said last holds from its day on; who is 'operating' on a day actually
 * operates (实体运营) and counts in coverage. An owner with many licences (一企多照) counts once, with one of his
 * units. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_STATE_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_STATE_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

struct unit_state_facts {
    bool main_named;  /* the request names a unit to be counted with */
    bool main_known;  /* ... and it lies within the actor's scope */
    bool main_counts; /* ... is another one, and no extra licence itself */
    bool is_main;     /* others are counted with this unit */
};

status_t
unit_state_judge(struct arena *arena, int state, const struct unit_state_facts *facts, date_t since, date_t today);

#endif
