/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: which letters are somebody's open work: rules by kind and state. Pure. */
#ifndef LIANGXIN_TRANSFERS_WORK_H
#define LIANGXIN_TRANSFERS_WORK_H

#include "transfers/clocks/letter_clock.h"

enum work_way {
    WORK_TURN,      /* it is our turn */
    WORK_ELSEWHERE, /* we are a party, it is another's turn */
    WORK_ENDED,     /* it has ended and we took a step */
};

/* What must have begun before the rule's moment. */
enum work_basis { WORK_ALWAYS, WORK_BY_STATE, WORK_BY_RECEIPT, WORK_BY_VALIDITY };

#define WORK_RULES (LETTER_KIND_END * LETTER_STATE_END)

struct work_rule {
    enum letter_kind kind;
    enum letter_state state;
    enum work_basis basis;
    instant_t before;
};

struct work_rules {
    enum work_way way;
    size_t count;
    struct work_rule rule[WORK_RULES];
};

/* Whether the actor's role holds this permission. */
typedef bool work_may(const void *actor, const char *permission);

/* 待办: states whose expected step this role takes. */
void work_waiting(work_may *may, const void *actor, struct work_rules *ret_rules);
/* 即将办理: of these, what is late or due within `days`. */
void work_due_soon(work_may *may, const void *actor, date_t today, int days, const struct workday_calendar *calendar,
                   struct work_rules *ret_rules);
/* 未办结 and 已办. */
void work_under_way(struct work_rules *ret_rules);
void work_done(struct work_rules *ret_rules);

#endif
