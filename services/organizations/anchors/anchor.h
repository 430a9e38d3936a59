/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: anchors (载体: 园区, 楼宇, 商圈, 市场, 街区, 行业协会, 产业链) and grids (网格): the closed lists, and days
 * of what stands at one. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_ANCHORS_ANCHOR_H
#define LIANGXIN_ORGANIZATIONS_ANCHORS_ANCHOR_H

#include "base/date.h"
#include "base/status.h"
#include "organizations/words.h"

extern const struct word anchor_kinds[];
extern const struct word anchor_duties[]; /* 负责人, 联系人, 网格员 */

/* From that day on; `free_from`: the last day's end of an earlier stay (DATE_NONE: there was none). */
status_t anchor_judge_begin(struct arena *arena, date_t since, date_t free_from, date_t today);
/* `until` is the first day without, `began` the latest beginning of what ends. */
status_t anchor_judge_end(struct arena *arena, date_t began, date_t until, date_t today);

#endif
