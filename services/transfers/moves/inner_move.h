/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: a move between two branches of one committee (内部调动). It needs no letter: a branch asks, the committee
 * confirms, and then the member belongs to the other branch. Pure. */
#ifndef LIANGXIN_TRANSFERS_INNER_MOVE_H
#define LIANGXIN_TRANSFERS_INNER_MOVE_H

#include "transfers/letters/draft.h"

/* state, code, Chinese */
#define INNER_MOVE_STATES(X)                                                                                           \
    X(ASKED, "asked", "待党委确认")                                                                                    \
    X(MOVED, "moved", "已调动")                                                                                        \
    X(REFUSED, "refused", "不予调动")

enum inner_move_state {
    INNER_MOVE_NONE,
#define X(name, code, chinese) INNER_MOVE_##name,
    INNER_MOVE_STATES(X)
#undef X
};

enum inner_move_verdict {
    INNER_MOVE_MAY,
    INNER_MOVE_NOT_ACTIVE,
    INNER_MOVE_LETTER_OPEN,
    INNER_MOVE_NO_COMMITTEE,    /* nobody above the branch could confirm it */
    INNER_MOVE_OTHER_COMMITTEE, /* that takes a letter */
    INNER_MOVE_TO_DISSOLVED,
    INNER_MOVE_NOT_A_BRANCH,
    INNER_MOVE_SAME_BRANCH,
};

struct inner_move_target {
    struct id branch;
    bool takes_members;
    bool dissolved;       /* 撤销 */
    bool below_committee; /* in the line of the committee of the member's branch */
};

enum inner_move_verdict inner_move_may(const struct draft_facts *member, const struct inner_move_target *target);

const char *inner_move_state_code(enum inner_move_state state);
enum inner_move_state inner_move_state_parse(const char *code); /* NONE: no such code */

#endif
