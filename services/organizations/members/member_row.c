/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of members. Pure. */
#include "organizations/members/member_row.h"

#include "organizations/ledgers/judge.h"
#include "organizations/members/duty.h"
#include "organizations/members/identity_number.h"
#include "base/banned.h"

#define ORGANIZATION "组织编码"
#define IDENTITY     "公民身份号码"
#define UNIT         "工作单位代码"
#define TELEPHONE    "手机号码"
#define BORN         "出生日期"
#define JOINED       "入党日期"
#define FULL         "转正日期"
#define STANDING     "党员类型"
#define BASE_MOST    ((fen_t)100000000000) /* what dues takes at most */
#define ADULT        18                    /* years, to be admitted */
#define FIELD(name)  .offset = offsetof(struct member_row, name)

static const struct column columns[] = {
    { "姓名", CELL_TEXT, .required = true, FIELD(name), .most = 50, .also = "党员姓名|名字" },
    { "性别", CELL_WORD, .required = true, FIELD(sex), .words = sexes },
    { "民族", CELL_TEXT, FIELD(ethnicity), .most = 20, .also = "族别" },
    { IDENTITY, CELL_IDENTITY, .required = true, .masked = true, FIELD(identity_number),
      .also = "身份证号|身份证号码|身份证|公民身份证号码|证件号码" },
    { BORN, CELL_DATE, .required = true, FIELD(born_on), .also = "出生年月日|生日" },
    { "学历", CELL_TEXT, FIELD(education), .most = 20, .also = "文化程度" },
    { JOINED, CELL_DATE, .required = true, FIELD(joined_on), .also = "入党时间|加入中共组织日期|加入党组织日期" },
    { FULL, CELL_DATE, FIELD(full_on), .also = "转正时间|转为正式党员日期" },
    { STANDING, CELL_WORD, .required = true, FIELD(standing), .words = standings, .also = "人员类型|党员类别" },
    { ORGANIZATION, CELL_CODE, .required = true, FIELD(organization_code), .most = 64,
      .also = "党支部编码|所在党支部编码|党组织编码" },
    { UNIT, CELL_UNIT_CODE, FIELD(unit_code), .also = "工作单位统一社会信用代码|单位代码" },
    { TELEPHONE, CELL_TELEPHONE, .masked = true, FIELD(telephone), .also = "手机|手机号|联系电话|联系方式" },
    { "党内职务", CELL_TEXT, FIELD(duty), .most = 50, .also = "职务" },
    { "人员类别", CELL_TEXT, FIELD(occupation), .most = 20, .also = "从业类别" },
    { BASE_COLUMN, CELL_YUAN, .elsewhere = true, FIELD(dues_base), .also = "计算基数|党费基数|缴费基数" },
    { "流动党员", CELL_YES_NO, FIELD(floating), .also = "是否流动党员|流动" },
    { 0 },
};

/* Masks are alike; with name, birth and branch they tell the rows of a file apart. */
static void
name_masked(struct arena *arena, struct member_row *data)
{
    char birth[DATE_SIZE];

    date_format(data->born_on, birth);
    data->mask = data->identity_number;
    data->identity_number = arena_printf(arena, "%s|%s|%s|%s", data->mask, data->name, birth, data->organization_code);
}

static void
check(struct arena *arena, struct sheet_row *row, date_t today)
{
    struct member_row *data = row->data;

    if (identity_is_masked(slice_of(data->identity_number)))
        name_masked(arena, data);
    else if (identity_birth(data->identity_number) != data->born_on)
        row_refuse(arena, row, BORN, PROBLEM_BIRTH_MISMATCH);
    if (data->joined_on > today || date_age(data->born_on, data->joined_on) < ADULT)
        row_refuse(arena, row, JOINED, PROBLEM_BAD_DATE_ORDER);
    if (data->full_on != DATE_NONE && (data->full_on < data->joined_on || data->full_on > today))
        row_refuse(arena, row, FULL, PROBLEM_BAD_DATE_ORDER);
    if (data->standing == MEMBER_PROBATIONARY && data->full_on != DATE_NONE)
        row_refuse(arena, row, STANDING, PROBLEM_BAD_VALUE);
    if (data->dues_base > BASE_MOST)
        row_refuse(arena, row, BASE_COLUMN, PROBLEM_OUT_OF_RANGE);
}

const struct ledger_form member_form = {
    .name = "members",
    .columns = columns,
    .data_size = sizeof(struct member_row),
    .key = offsetof(struct member_row, identity_number),
    .check = check,
};

static void
judge_organization(struct arena *arena, struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    if (!facts->organization_known)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_UNKNOWN_ORGANIZATION);
    else if (!facts->organization_in_scope)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_OUTSIDE_SCOPE);
    else if (!kind_takes_members(facts->organization_kind))
        row_refuse(arena, row, ORGANIZATION, PROBLEM_NOT_A_BRANCH);
    else if (facts->organization_dissolved && !facts->left)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_ORGANIZATION_DISSOLVED);
    else if (facts->left)
        row_refuse(arena, row, IDENTITY, PROBLEM_MEMBER_LEFT); /* what is on record stays as it was */
    else if (facts->exists && strcmp(facts->before.organization_code, data->organization_code) != 0)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_AFFILIATION_NEEDS_LETTER);
}

/* A masked telephone is the one we have, or it cannot be. */
static void
judge_telephone(struct arena *arena, struct sheet_row *row)
{
    struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;
    const char *kept = facts->exists ? facts->before.telephone : NULL;

    if (!data->telephone || !telephone_is_masked(slice_of(data->telephone)))
        return;
    if (kept && strcmp(telephone_mask(arena, slice_of(kept)), data->telephone) == 0)
        data->telephone = kept;
    else if (!data->mask) /* of masked rows every difference is told below */
        row_refuse(arena, row, TELEPHONE, PROBLEM_MASKED_NUMBER);
}

/* A masked row comes back as it went out: it adds nobody and changes nothing. */
static void
judge_masked(struct arena *arena, struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    if (!data->mask)
        return;
    if (!facts->exists)
        row_refuse(arena, row, IDENTITY, PROBLEM_MASKED_NUMBER);
    for (const struct column *column = columns; facts->exists && column->heading; column++)
        if (!column->elsewhere &&
            !slice_equal(column_write(arena, column, &facts->before), column_write(arena, column, data)))
            row_refuse(arena, row, column->heading, PROBLEM_MASKED_NUMBER);
}

void
member_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct member_row *data = row->data;
    const struct member_facts *facts = row->facts;

    (void)sheet; /* other rows of the file do not matter here */
    row->entity = facts->member;
    row->version = facts->version;
    judge_organization(arena, row);
    if (data->unit_code && !facts->unit_known)
        row_refuse(arena, row, UNIT, PROBLEM_UNKNOWN_UNIT);
    judge_telephone(arena, row);
    judge_masked(arena, row);
    row_settle(arena, &member_form, row, facts->exists ? &facts->before : NULL);
}

date_t
member_duty_since(const struct member_row *row, const struct member_facts *facts, date_t today)
{
    if (!facts->exists)
        return DATE_NONE;
    return slice_equal(slice_of(duty_code(row->duty)), slice_of(duty_code(facts->before.duty))) ? facts->duty_since
                                                                                                : today;
}

bool
member_is_secretary(const struct member_row *row, const struct member_facts *facts)
{
    return facts->secretary_name && row->duty && strcmp(row->duty, DUTY_SECRETARY) == 0 &&
           strcmp(row->name, facts->secretary_name) == 0;
}
