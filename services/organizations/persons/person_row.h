/* SPDX-License-Identifier: Apache-2.0 */
/* A person who is not a member (申请人, 积极分子, 业主 …) as a form has him, and what follows from what we know. Pure.
 */
#ifndef LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_ROW_H
#define LIANGXIN_ORGANIZATIONS_PERSONS_PERSON_ROW_H

#include "base/id.h"
#include "organizations/ledgers/column.h"

struct person_row {
    const char *id; /* names the row; NULL: a new one */
    const char *name;
    int sex;
    const char *identity_number;   /* 公民身份号码; NULL: not known */
    const char *telephone;         /* 手机号码 */
    const char *organization_code; /* that keeps the record */
    const char *unit_code;         /* 工作单位代码; NULL: none */
};

struct person_facts {
    bool exists;
    bool is_member;
    bool number_taken; /* by another person */
    bool organization_known;
    bool organization_in_scope;
    bool organization_dissolved;
    bool unit_known;
    struct id person;       /* nil: new */
    struct id organization; /* that the row names */
    struct id unit;
    int64_t version;
    struct person_row before;
};

extern const struct ledger_form person_form;

struct sheet;

/* Sets the row's outcome, or its problems. */
void person_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);
/* The headings of what differs, "姓名,手机号码": the values stand nowhere but in the row. */
const char *person_differences(struct arena *arena, const struct person_row *before, const struct person_row *after);

#endif
