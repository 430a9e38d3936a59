/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of instructors. Pure. */
#include "organizations/instructors/dispatch_row.h"

#include "organizations/ledgers/judge.h"
#include "organizations/ledgers/sheet.h"
#include "base/banned.h"

#define NAME        "姓名"
#define UNIT        "联系单位代码"
#define SINCE       "派驻日期"
#define UNTIL       "撤回日期"
#define FIELD(name) .offset = offsetof(struct dispatch_row, name)

const struct word engagements[] = { { "专职", "full_time" }, { "兼职", "part_time" }, { 0 } };

static const struct column columns[] = {
    { NAME, CELL_TEXT, .required = true, FIELD(name), .most = 50, .also = "指导员姓名|指导员" },
    { "派出单位", CELL_TEXT, .required = true, FIELD(sending_unit), .most = 100, .also = "选派单位" },
    { "专兼职", CELL_WORD, .required = true, FIELD(engagement), .words = engagements, .also = "专职或兼职" },
    { UNIT, CELL_UNIT_CODE, .required = true, FIELD(unit_code), .also = "统一社会信用代码|单位代码" },
    { "联系单位名称", CELL_TEXT, .elsewhere = true, FIELD(unit_name), .most = 100, .also = "联系单位|单位名称" },
    { SINCE, CELL_DATE, .required = true, FIELD(since), .also = "下派日期" },
    { UNTIL, CELL_DATE, FIELD(until), .also = "撤回时间" },
    { "手机号码", CELL_TELEPHONE, FIELD(telephone), .also = "联系电话|手机" },
    { 0 },
};

static void
check(struct arena *arena, struct sheet_row *row, date_t today)
{
    struct dispatch_row *data = row->data;
    char since[DATE_SIZE];

    if (data->since > today)
        row_refuse(arena, row, SINCE, PROBLEM_BAD_DATE_ORDER);
    if (data->until != DATE_NONE && (data->until < data->since || data->until > today))
        row_refuse(arena, row, UNTIL, PROBLEM_BAD_DATE_ORDER);
    date_format(data->since, since);
    data->key = arena_printf(arena, "%s|%s|%s", data->name, data->unit_code, since);
}

const struct ledger_form dispatch_form = {
    .name = "instructors",
    .columns = columns,
    .data_size = sizeof(struct dispatch_row),
    .key = offsetof(struct dispatch_row, key),
    .check = check,
};

/* Keys are in order and end with the day, so rows of one person at one unit stand together, earliest first. */
static const struct dispatch_row *
row_before(const struct sheet *sheet, const char *key)
{
    size_t low = 0;
    size_t high = sheet->n_keys;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(((const struct dispatch_row *)sheet->by_key[middle]->data)->key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? sheet->by_key[low - 1]->data : NULL;
}

/* The file's own earlier row lasts into this one. */
static bool
overlaps_in_file(const struct sheet *sheet, const struct dispatch_row *data)
{
    const struct dispatch_row *earlier = row_before(sheet, data->key);

    return earlier && strcmp(earlier->name, data->name) == 0 && strcmp(earlier->unit_code, data->unit_code) == 0 &&
           (earlier->until == DATE_NONE || earlier->until > data->since);
}

void
dispatch_judge_row(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct dispatch_row *data = row->data;
    const struct dispatch_row_facts *facts = row->facts;

    row->entity = facts->id;
    row->version = facts->version;
    if (!facts->unit_known)
        row_refuse(arena, row, UNIT, PROBLEM_UNKNOWN_UNIT);
    else if (!facts->unit_reached)
        row_refuse(arena, row, UNIT, PROBLEM_OUTSIDE_SCOPE);
    if (!facts->exists && facts->same_name > 1)
        row_refuse(arena, row, NAME, PROBLEM_AMBIGUOUS_PERSON);
    if (!facts->exists && facts->interest)
        row_refuse(arena, row, UNIT, PROBLEM_CONFLICT_OF_INTEREST);
    if (facts->overlaps || overlaps_in_file(sheet, data))
        row_refuse(arena, row, SINCE, PROBLEM_ALREADY_EXISTS);
    row_settle(arena, &dispatch_form, row, facts->exists ? &facts->before : NULL);
}
