/* SPDX-License-Identifier: Apache-2.0 */
/* A dispatch (下派) as the ledger of instructors (党建工作指导员) has it, a row for each unit. The ledger knows a
 * person by his name within the organization that takes it in. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_INSTRUCTORS_DISPATCH_ROW_H
#define LIANGXIN_ORGANIZATIONS_INSTRUCTORS_DISPATCH_ROW_H

#include "base/id.h"
#include "organizations/ledgers/column.h"

struct dispatch_row {
    const char *key; /* "name|unit|since": made by the form's check */
    const char *name;
    const char *sending_unit; /* 派出单位 */
    int engagement;           /* 专兼职: engagements */
    const char *unit_code;    /* 联系单位代码 */
    const char *unit_name;    /* 联系单位名称: of the ledger of units, not kept here */
    date_t since;             /* 派驻日期 */
    date_t until;             /* 撤回日期; DATE_NONE: still there */
    const char *telephone;    /* NULL: none */
};

extern const struct word engagements[];
enum engagement { ENGAGEMENT_FULL_TIME = 1, ENGAGEMENT_PART_TIME }; /* 专职, 兼职 */

struct dispatch_row_facts {
    bool exists;
    bool unit_known;
    bool unit_reached;
    bool interest;        /* works there, owns it, leads it */
    bool overlaps;        /* he was there at the same time by another row */
    int64_t same_name;    /* instructors of this name in the organization */
    struct id id;         /* nil: new */
    struct id instructor; /* nil: new */
    struct id person;     /* nil: new */
    struct id unit;
    int64_t version;
    struct dispatch_row before;
};

extern const struct ledger_form dispatch_form;

struct sheet;

/* Sets the row's outcome, or its problems. */
void dispatch_judge_row(struct arena *arena, const struct sheet *sheet, struct sheet_row *row);

#endif
