/* SPDX-License-Identifier: Apache-2.0 */
/* A unit (两新单位: enterprise or social organization) as the ledger has it. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_UNITS_UNIT_ROW_H
#define LIANGXIN_ORGANIZATIONS_UNITS_UNIT_ROW_H

#include "base/id.h"
#include "organizations/ledgers/column.h"

struct unit_row {
    const char *code; /* 统一社会信用代码 */
    const char *name;
    int kind;                      /* 单位类型 */
    const char *trade;             /* 行业 */
    const char *region_code;       /* 区划代码 */
    const char *place;             /* 所在园区 */
    int business_state;            /* 经营状况 */
    int64_t staff;                 /* 职工人数 */
    const char *owner_name;        /* 业主姓名 */
    bool owner_is_member;          /* 业主是否党员 */
    const char *organization_code; /* 党组织编码; NULL: 空白点 */
    int coverage_form;             /* 覆盖方式 */
    const char *instructor_name;   /* 党建工作指导员 */
};

struct unit_facts {
    bool exists;
    bool in_scope; /* the unit as it stands: by its organization, or by territory */
    bool region_known;
    bool region_in_scope;
    bool organization_known;
    bool organization_in_scope;
    bool organization_dissolved;
    struct id id;           /* nil: new */
    struct id owner;        /* person; nil: none */
    struct id organization; /* nil: none */
    bool has_main;          /* 一企多照: the unit it is counted with is known */
    int64_t version;
    struct unit_row before;
};

extern const struct ledger_form unit_form;

/* Sets the row's outcome, or its problems. */
struct sheet;

void unit_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);

#endif
