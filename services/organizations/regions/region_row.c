/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of regions. Pure. */
#include "organizations/regions/region_row.h"

#include "organizations/ledgers/judge.h"
#include "base/banned.h"

static const struct column columns[] = {
    { "code", CELL_REGION, .required = true, .offset = offsetof(struct region_row, code),
      .also = "区划代码|行政区划代码|代码" },
    { "name", CELL_TEXT, .required = true, .offset = offsetof(struct region_row, name), .most = 64,
      .also = "区划名称|行政区划名称|名称" },
    { 0 },
};

const struct ledger_form region_form = {
    .name = "regions",
    .columns = columns,
    .data_size = sizeof(struct region_row),
    .key = offsetof(struct region_row, code),
};

void
region_judge(struct arena *arena, const struct sheet *sheet, struct sheet_row *row)
{
    const struct region_facts *facts = row->facts;

    (void)sheet; /* other rows of the file do not matter here */
    if (!facts->in_territory)
        row_refuse(arena, row, "code", PROBLEM_OUTSIDE_SCOPE);
    row_settle(arena, &region_form, row, facts->exists ? &facts->before : NULL);
}
