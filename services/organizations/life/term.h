/* SPDX-License-Identifier: Apache-2.0 */
/* Terms of office (任期): 基层党委 five years, 党总支 and 党支部 three (关于党的基层组织任期的意见), five at most (党章
 * art. 31). Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LIFE_TERM_H
#define LIANGXIN_ORGANIZATIONS_LIFE_TERM_H

#include "base/date.h"
#include "base/status.h"

#define TERM_MOST 5 /* years */

/* 0: it is appointed and has no term (党工委). */
int term_years(int kind);
/* The same day so many months later; the month's last where it has no such day. */
date_t months_after(date_t day, int months);
/* The last day of a term that begins on `elected_on`. `ends_on` DATE_NONE: by the rule. NO_TERM, BAD_DATE_ORDER. */
status_t
term_judge(struct arena *arena, int kind, date_t elected_on, date_t ends_on, date_t today, date_t *ret_ends_on);

#endif
