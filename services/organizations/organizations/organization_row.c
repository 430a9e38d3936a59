/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of organizations. Pure. */
#include "organizations/organizations/organization_row.h"

#include "organizations/ledgers/judge.h"
#include "base/banned.h"

#define SUPERIOR    "上级组织编码"
#define ADDRESS     "办公地址"
#define FIELD(name) .offset = offsetof(struct organization_row, name)

static const struct column columns[] = {
    { "组织编码", CELL_CODE, .required = true, FIELD(code), .most = 64, .also = "党组织编码|党组织代码" },
    { "组织名称", CELL_TEXT, .required = true, FIELD(name), .most = 100, .also = "党组织名称|党组织全称" },
    { "组织类型", CELL_WORD, .required = true, FIELD(kind), .words = organization_kinds,
      .also = "党组织类型|组织类别" },
    { SUPERIOR, CELL_CODE, FIELD(superior_code), .most = 64, .also = "上级党组织编码|上级编码" },
    { "组建方式", CELL_WORD, FIELD(form), .words = establish_forms, .also = "组建形式" },
    { "区划代码", CELL_REGION, .required = true, FIELD(region_code), .also = "行政区划代码|属地代码" },
    { "所在园区", CELL_TEXT, FIELD(place), .most = 100, .also = "园区|楼宇|园区楼宇" },
    { "成立日期", CELL_DATE, FIELD(founded_on), .also = "成立时间|建立日期" },
    { "届满日期", CELL_DATE, FIELD(term_ends_on), .also = "届满时间|任期届满日期" },
    { "书记姓名", CELL_TEXT, FIELD(secretary_name), .most = 50, .also = "书记|党组织书记|负责人" },
    { "联系电话", CELL_TELEPHONE, FIELD(telephone), .also = "电话|办公电话" },
    { "预备党员审批权", CELL_DATE, FIELD(may_issue_from), .also = "审批权" },
    { ADDRESS, CELL_TEXT, .may_lack = true, FIELD(address), .most = 200, .also = "地址|办公地点|党组织地址" },
    { 0 },
};

static void
check(struct arena *arena, struct sheet_row *row, date_t today)
{
    const struct organization_row *data = row->data;

    if (data->founded_on != DATE_NONE && data->founded_on > today)
        row_refuse(arena, row, "成立日期", PROBLEM_BAD_DATE_ORDER);
    if (data->founded_on != DATE_NONE && data->term_ends_on != DATE_NONE && data->term_ends_on < data->founded_on)
        row_refuse(arena, row, "届满日期", PROBLEM_BAD_DATE_ORDER);
    if (data->may_issue_from != DATE_NONE && data->kind != ORGANIZATION_WORKING_COMMITTEE &&
        data->kind != ORGANIZATION_COMMITTEE)
        row_refuse(arena, row, "预备党员审批权", PROBLEM_BAD_VALUE);
}

const struct ledger_form organization_form = {
    .name = "organizations",
    .columns = columns,
    .data_size = sizeof(struct organization_row),
    .key = offsetof(struct organization_row, code),
    .superior = offsetof(struct organization_row, superior_code),
    .check = check,
};

static bool
stands_in_file(const struct sheet *sheet, const char *code)
{
    const struct sheet_row *row = sheet_find(sheet, code);

    return row && (row->outcome == ROW_CREATED || row->outcome == ROW_UPDATED || row->outcome == ROW_UNCHANGED);
}

/* A new organization may hang on one that is there or comes with the same file. */
static void
judge_new(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct organization_row *data = row->data;
    const struct organization_facts *facts = row->facts;

    if (!data->superior_code || (!facts->superior_known && stands_in_file(sheet, data->superior_code)))
        return;
    if (!facts->superior_known)
        row_refuse(arena, row, SUPERIOR, PROBLEM_UNKNOWN_ORGANIZATION);
    else if (!facts->superior_in_scope)
        row_refuse(arena, row, SUPERIOR, PROBLEM_OUTSIDE_SCOPE);
    else if (facts->superior_dissolved)
        row_refuse(arena, row, SUPERIOR, PROBLEM_ORGANIZATION_DISSOLVED);
}

/* The line of a known organization never changes by a ledger. */
static void
judge_known(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    struct organization_row *data = row->data;
    const struct organization_facts *facts = row->facts;
    const char *before = facts->before.superior_code;

    if (!facts->in_scope)
        row_refuse(arena, row, "组织编码", PROBLEM_OUTSIDE_SCOPE);
    else if (facts->dissolved)
        row_refuse(arena, row, "组织编码", PROBLEM_ORGANIZATION_DISSOLVED);
    if (sheet_lacks(sheet, ADDRESS))
        data->address = facts->before.address;
    if (!data->superior_code)
        data->superior_code = before;
    else if (!before || strcmp(before, data->superior_code) != 0)
        row_refuse(arena, row, SUPERIOR, PROBLEM_AFFILIATION_NEEDS_LETTER);
}

void
organization_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct organization_facts *facts = row->facts;

    row->entity = facts->id;
    row->version = facts->version;
    if (!facts->region_known)
        row_refuse(arena, row, "区划代码", PROBLEM_UNKNOWN_REGION);
    if (facts->exists)
        judge_known(arena, sheet, row);
    else
        judge_new(arena, sheet, row);
    row_settle(arena, &organization_form, row, facts->exists ? &facts->before : NULL);
}
