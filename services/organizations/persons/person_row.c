/* SPDX-License-Identifier: Apache-2.0 */
/* The form of persons. Pure. */
#include "organizations/persons/person_row.h"

#include "organizations/ledgers/judge.h"
#include "base/banned.h"

#define NUMBER       "公民身份号码"
#define ORGANIZATION "组织编码"
#define UNIT         "工作单位代码"
#define FIELD(name)  .offset = offsetof(struct person_row, name)

static const struct column columns[] = {
    { "姓名", CELL_TEXT, .required = true, FIELD(name), .most = 50 },
    { "性别", CELL_WORD, FIELD(sex), .words = sexes },
    { NUMBER, CELL_IDENTITY, FIELD(identity_number) },
    { "手机号码", CELL_TELEPHONE, FIELD(telephone) },
    { ORGANIZATION, CELL_CODE, .required = true, FIELD(organization_code), .most = 64 },
    { UNIT, CELL_UNIT_CODE, FIELD(unit_code) },
    { 0 },
};

const struct ledger_form person_form = {
    .name = "persons",
    .columns = columns,
    .data_size = sizeof(struct person_row),
    .key = offsetof(struct person_row, id),
};

static void
judge_organization(struct arena *arena, struct sheet_row *row)
{
    const struct person_facts *facts = row->facts;

    if (!facts->organization_known)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_UNKNOWN_ORGANIZATION);
    else if (!facts->organization_in_scope)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_OUTSIDE_SCOPE);
    else if (facts->organization_dissolved)
        row_refuse(arena, row, ORGANIZATION, PROBLEM_ORGANIZATION_DISSOLVED);
}

void
person_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct person_row *data = row->data;
    const struct person_facts *facts = row->facts;

    (void)sheet; /* a form is one row */
    row->entity = facts->person;
    if (facts->is_member)
        row_refuse(arena, row, NULL, PROBLEM_PERSON_IS_MEMBER);
    judge_organization(arena, row);
    if (data->unit_code && !facts->unit_known)
        row_refuse(arena, row, UNIT, PROBLEM_UNKNOWN_UNIT);
    if (facts->number_taken)
        row_refuse(arena, row, NUMBER, PROBLEM_ALREADY_EXISTS);
    row_settle(arena, &person_form, row, facts->exists ? &facts->before : NULL);
}

const char *
person_differences(struct arena *arena, const struct person_row *before, const struct person_row *after)
{
    const char *text = "";

    for (const struct column *column = columns; column->heading; column++)
        if (!slice_equal(column_write(arena, column, before), column_write(arena, column, after)))
            text = arena_printf(arena, "%s%s%s", text, text[0] ? "," : "", column->heading);
    return text;
}
