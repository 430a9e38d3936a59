/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: may a letter be drafted for this member to that committee? Pure. */
#ifndef LIANGXIN_TRANSFERS_DRAFT_H
#define LIANGXIN_TRANSFERS_DRAFT_H

#include <stdbool.h>

#include "base/id.h"

/* What is known when a letter is asked for. */
struct draft_facts {
    struct id person;
    bool active;             /* the member's status */
    bool has_open_letter;    /* a letter of his holds him already */
    struct id branch;        /* 所在支部 */
    struct id sender;        /* the nearest in the branch's line that may issue today; nil: none */
    struct id receiver;      /* the addressee; nil: there is no such organization */
    bool receiver_dissolved; /* 撤销 */
    bool receiver_may_issue; /* it has 预备党员审批权 today, and so may receive */
    bool outside;            /* the addressee is not of this city: nothing is known of it */
};

enum draft_verdict {
    DRAFT_MAY,
    DRAFT_MEMBER_NOT_ACTIVE,
    DRAFT_LETTER_OPEN,
    DRAFT_SENDER_WITHOUT_POWER,
    DRAFT_NO_RECEIVER,
    DRAFT_RECEIVER_DISSOLVED,
    DRAFT_RECEIVER_WITHOUT_POWER,
    DRAFT_SAME_COMMITTEE, /* inside one committee there is no letter */
};

enum draft_verdict draft_may(const struct draft_facts *facts);

/* What is known of a member when a letter that has ended is to be begun anew, as an appeal (申诉) or a correction
 * (更正). */
struct again_facts {
    bool active;
    bool has_open_letter;
    struct id branch;     /* where he belongs now */
    bool below_committee; /* in the line of the committee that would send him */
    bool moved_since;     /* another letter has moved him after the one that is asked about */
};

enum again_verdict {
    AGAIN_MAY,
    AGAIN_NOT_ACTIVE,
    AGAIN_LETTER_OPEN,
    AGAIN_MOVED_ON, /* he is not any more where that letter left him */
};

enum again_verdict again_may(const struct again_facts *facts);

#endif
