/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of units. Pure. */
#include "organizations/units/unit_row.h"

#include "organizations/ledgers/judge.h"
#include "base/banned.h"

#define ORGANIZATION "党组织编码"
#define REGION       "区划代码"
#define FIELD(name)  .offset = offsetof(struct unit_row, name)

static const struct column columns[] = {
    { "统一社会信用代码", CELL_UNIT_CODE, .required = true, FIELD(code), .also = "信用代码|社会信用代码|单位代码" },
    { "单位名称", CELL_TEXT, .required = true, FIELD(name), .most = 100, .also = "企业名称|名称" },
    { "单位类型", CELL_WORD, .required = true, FIELD(kind), .words = unit_kinds, .also = "单位类别" },
    { "行业", CELL_TEXT, FIELD(trade), .most = 50, .also = "所属行业|行业类别" },
    { REGION, CELL_REGION, .required = true, FIELD(region_code), .also = "行政区划代码|属地代码" },
    { "所在园区", CELL_TEXT, FIELD(place), .most = 100, .also = "园区|楼宇|园区楼宇" },
    { "经营状况", CELL_WORD, .required = true, FIELD(business_state), .words = business_states, .also = "经营状态" },
    { "职工人数", CELL_COUNT, FIELD(staff), .also = "职工数|从业人数" },
    { "业主姓名", CELL_TEXT, FIELD(owner_name), .most = 50, .also = "业主|法定代表人|负责人" },
    { "业主是否党员", CELL_YES_NO, FIELD(owner_is_member), .also = "负责人是否党员" },
    { ORGANIZATION, CELL_CODE, FIELD(organization_code), .most = 64, .also = "组织编码|所属党组织编码" },
    { "覆盖方式", CELL_WORD, FIELD(coverage_form), .words = establish_forms, .also = "组织覆盖方式" },
    { "党建工作指导员", CELL_TEXT, FIELD(instructor_name), .most = 50, .also = "党建指导员|指导员" },
    { 0 },
};

/* An organization and a form of coverage go together. */
static void
check(struct arena *arena, struct sheet_row *row, date_t today)
{
    const struct unit_row *data = row->data;

    (void)today;
    if (data->organization_code && !data->coverage_form)
        row_refuse(arena, row, "覆盖方式", PROBLEM_REQUIRED);
    if (!data->organization_code && data->coverage_form)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_REQUIRED);
}

const struct ledger_form unit_form = {
    .name = "units",
    .columns = columns,
    .data_size = sizeof(struct unit_row),
    .key = offsetof(struct unit_row, code),
    .check = check,
};

/* A covered unit belongs to its organization's line, an uncovered one to its territory. */
static void
judge_place(struct arena *arena, struct sheet_row *row)
{
    const struct unit_row *data = row->data;
    const struct unit_facts *facts = row->facts;

    if (data->organization_code && !facts->organization_known)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_UNKNOWN_ORGANIZATION);
    else if (data->organization_code && !facts->organization_in_scope)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_OUTSIDE_SCOPE);
    else if (data->organization_code && facts->organization_dissolved)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_ORGANIZATION_DISSOLVED);
    else if (!data->organization_code && facts->region_known && !facts->region_in_scope)
        row_refuse(arena, row, REGION, PROBLEM_OUTSIDE_SCOPE);
}

/* 一企多照 is said with the unit that is counted, which no row names; where it is so already it may come back. */
static void
judge_licence(struct arena *arena, struct sheet_row *row)
{
    const struct unit_row *data = row->data;
    const struct unit_facts *facts = row->facts;

    if (data->business_state == UNIT_EXTRA_LICENCE && !facts->has_main)
        row_refuse(arena, row, "经营状况", PROBLEM_BAD_VALUE);
}

void
unit_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct unit_facts *facts = row->facts;

    (void)sheet; /* other rows of the file do not matter here */
    row->entity = facts->id;
    row->version = facts->version;
    if (!facts->region_known)
        row_refuse(arena, row, REGION, PROBLEM_UNKNOWN_REGION);
    judge_place(arena, row);
    judge_licence(arena, row);
    if (facts->exists && !facts->in_scope)
        row_refuse(arena, row, columns[0].heading, PROBLEM_OUTSIDE_SCOPE);
    row_settle(arena, &unit_form, row, facts->exists ? &facts->before : NULL);
}
