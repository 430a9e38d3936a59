/* SPDX-License-Identifier: Apache-2.0 */
/* Relations between organizations (隶属, 双重管理, 归口, 挂靠) and the power to approve probationary members
 * (预备党员审批权): what may begin and end, and when. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_RELATIONS_RELATION_H
#define LIANGXIN_ORGANIZATIONS_RELATIONS_RELATION_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word relation_kinds[];
extern const struct word relation_scopes[];

enum relation_kind {
    RELATION_LINE = 1, /* 隶属 */
    RELATION_DUAL,     /* 双重管理 */
    RELATION_TRADE,    /* 归口, 行业主管 */
    RELATION_HOST,     /* 挂靠 */
};

/* The organization that is spoken of, seen from the actor. */
struct relation_subject {
    bool by_line; /* below the acting organization in the line, or it; other relations do not let change any */
    bool is_own;  /* the acting organization itself: its superior decides */
    bool dissolved;
    int kind;
};

/* The superior that is wanted. */
struct relation_superior {
    bool known;
    bool by_line; /* below the acting organization in the line, or it */
    bool below;   /* the subject, or below it: that would be a loop */
    bool dissolved;
    int kind;
};

/* What there was: of this kind and superior, of the line, or the power. */
struct relation_past {
    bool holds;        /* one is in force */
    date_t since;      /* its first day */
    date_t last_until; /* the end of the latest that is over; DATE_NONE: there was none */
};

status_t relation_judge_subject(const struct relation_subject *subject);
/* A relation of this kind from `since` on. Of the line, the present one ends on that day. */
status_t relation_judge_begin(struct arena *arena, int kind, const struct relation_superior *superior,
                              const struct relation_past *past, date_t since, date_t today);
/* The end of one that holds; NOT_FOUND when none does. */
status_t relation_judge_end(struct arena *arena, const struct relation_past *past, date_t until, date_t today);
/* The power from `since` on, which may be known beforehand. */
status_t approval_judge_grant(struct arena *arena, const struct relation_subject *subject,
                              const struct relation_past *past, date_t since);

#endif
