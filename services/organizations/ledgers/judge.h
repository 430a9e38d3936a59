/* SPDX-License-Identifier: Apache-2.0 */
/* The last word on a row, the same for all ledgers. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_JUDGE_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_JUDGE_H

#include "organizations/ledgers/column.h"

/* Created when there is nothing `before`, unchanged when nothing differs, else updated; invalid stays invalid. */
void row_settle(struct arena *arena, const struct ledger_form *form, struct sheet_row *row, const void *before);

#endif
