/* SPDX-License-Identifier: Apache-2.0 */
/* A Party organization (党组织) as the ledger has it, and what follows from what we know of it. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_ORGANIZATION_ROW_H
#define LIANGXIN_ORGANIZATIONS_ORGANIZATIONS_ORGANIZATION_ROW_H

#include "base/id.h"
#include "organizations/ledgers/sheet.h"

struct organization_row {
    const char *code;           /* 组织编码 */
    const char *name;           /* 组织名称; not unique */
    int kind;                   /* 组织类型 */
    const char *superior_code;  /* 上级组织编码; NULL: said by the uploader's place */
    int form;                   /* 组建方式 */
    const char *region_code;    /* 区划代码 */
    const char *place;          /* 所在园区 */
    date_t founded_on;          /* 成立日期 */
    date_t term_ends_on;        /* 届满日期 */
    const char *secretary_name; /* 书记姓名 */
    const char *telephone;      /* 联系电话 */
    date_t may_issue_from;      /* 预备党员审批权 */
    const char *address;        /* 办公地址 */
};

struct organization_facts {
    bool exists;
    bool in_scope; /* below the acting organization, or it */
    bool region_known;
    bool superior_known; /* in the database */
    bool superior_in_scope;
    bool superior_dissolved;
    bool dissolved;     /* 撤销: what is on record stays as it was */
    struct id id;       /* nil: new */
    struct id superior; /* nil: not in the database yet */
    int64_t version;
    struct organization_row before;
};

extern const struct ledger_form organization_form;

/* Sets the row's outcome, or its problems. A superior may stand in the same file: it counts when its row is good. */
void organization_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);

#endif
