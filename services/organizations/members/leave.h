/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: may this member be recorded as having left (死亡, 出党, 退党, 除名, 停止党籍)? Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_LEAVE_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_LEAVE_H

#include <stdbool.h>

#include "base/date.h"

/* In the order of member_statuses (words.h) and of the wire. */
enum member_status {
    MEMBER_ACTIVE = 1,
    MEMBER_DECEASED,  /* 死亡 */
    MEMBER_EXPELLED,  /* 出党 */
    MEMBER_WITHDRAWN, /* 退党 */
    MEMBER_REMOVED,   /* 除名 */
    MEMBER_SUSPENDED, /* 停止党籍 */
    MEMBER_MOVED_OUT, /* 转出: by a letter, never by hand */
};

struct leave_facts {
    enum member_status status;
    date_t joined_on;
    bool letter_open; /* a letter holds him */
};

enum leave_verdict {
    LEAVE_MAY,
    LEAVE_NO_WAY,      /* nobody leaves like this by hand */
    LEAVE_GONE,        /* he has left already */
    LEAVE_LETTER_OPEN, /* first the letter is ended; death waits for nothing, the letter is voided when it is told */
    LEAVE_BAD_DAY,     /* in the future, or before he joined */
};

enum leave_verdict leave_judge(const struct leave_facts *facts, enum member_status becomes, date_t on, date_t today);

#endif
