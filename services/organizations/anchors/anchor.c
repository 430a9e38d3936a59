/* SPDX-License-Identifier: Apache-2.0 */
/* Lists and days of anchors. Pure. */
#include "organizations/anchors/anchor.h"

#include "base/banned.h"

const struct word anchor_kinds[] = {
    { "园区", "park" },
    { "楼宇", "building" },
    { "商圈", "business_district" },
    { "市场", "market" },
    { "街区", "street" },
    { "行业协会商会", "trade_association" },
    { "产业链", "industry_chain" },
    { "网格", "grid" },
    { 0 },
};

const struct word anchor_duties[] = {
    { "负责人", "responsible" },
    { "联系人", "contact" },
    { "网格员", "grid_worker" },
    { 0 },
};

status_t
anchor_judge_begin(struct arena *arena, date_t since, date_t free_from, date_t today)
{
    if (since > today || (free_from != DATE_NONE && since < free_from))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/since");
    return OK;
}

status_t
anchor_judge_end(struct arena *arena, date_t began, date_t until, date_t today)
{
    if (until > today || (began != DATE_NONE && until < began))
        return status_field(arena, PROBLEM_BAD_DATE_ORDER, "/until");
    return OK;
}
