/* SPDX-License-Identifier: Apache-2.0 */
/* A member (党员) as the ledger has it, and what follows from what we know of person and organization. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_MEMBERS_MEMBER_ROW_H
#define LIANGXIN_ORGANIZATIONS_MEMBERS_MEMBER_ROW_H

#include "base/id.h"
#include "organizations/ledgers/column.h"

#define DUTY_SECRETARY "书记"
#define BASE_COLUMN    "党费计算基数"

struct member_row {
    const char *name;
    int sex;
    const char *ethnicity;       /* 民族 */
    const char *identity_number; /* 公民身份号码; of a masked row: mask|name|birth|branch, which names it in its file */
    const char *mask;            /* 320699********1130, as a masked export has it; NULL: the number is whole */
    date_t born_on;
    const char *education; /* 学历 */
    date_t joined_on;      /* 入党日期 */
    date_t full_on;        /* 转正日期 */
    int standing;          /* 党员类型 */
    const char *organization_code;
    const char *unit_code; /* 工作单位代码; NULL: none */
    const char *telephone;
    const char *duty;       /* 党内职务 */
    const char *occupation; /* 人员类别 */
    fen_t dues_base;        /* 党费计算基数: belongs to dues, not kept here; -1: not said */
    bool floating;          /* 流动党员 */
};

struct member_facts {
    bool exists; /* the person is a member already */
    bool left;   /* he was one: he has died, left the Party or the city */
    bool organization_known;
    bool organization_in_scope;
    int organization_kind;
    bool unit_known;
    struct id organization; /* that the row names */
    struct id unit;
    struct id member;    /* nil: new */
    struct id person;    /* with this identity number; nil: none */
    struct id secretary; /* of that organization, a person without a number; nil: none */
    const char *secretary_name;
    int64_t version;
    date_t duty_since; /* DATE_NONE: not said */
    bool organization_dissolved;
    struct member_row before;
};

extern const struct ledger_form member_form;

/* Sets the row's outcome, or its problems. */
struct sheet;

void member_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);
/* Since when he has the duty that the row names: from today where that is another one than before. */
date_t member_duty_since(const struct member_row *row, const struct member_facts *facts, date_t today);
/* The number-less person whom this row turns out to be: the secretary of the organization by duty and name. */
bool member_is_secretary(const struct member_row *row, const struct member_facts *facts);

#endif
