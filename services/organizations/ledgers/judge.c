/* SPDX-License-Identifier: Apache-2.0 */
/* Outcomes by comparison. Pure but for the arena. */
#include "organizations/ledgers/judge.h"

#include "base/banned.h"

void
row_settle(struct arena *arena, const struct ledger_form *form, struct sheet_row *row, const void *before)
{
    row->before = before;
    if (row->outcome == ROW_INVALID)
        return;
    if (!before)
        row->outcome = ROW_CREATED;
    else if (slice_equal(row_content(arena, form, before), row_content(arena, form, row->data)))
        row->outcome = ROW_UNCHANGED;
    else
        row->outcome = ROW_UPDATED;
}
