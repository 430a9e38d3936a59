/* SPDX-License-Identifier: Apache-2.0 */
/* A value as the cell that the import reads as the same value: the other way of ledgers/column.h. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_EXPORTS_CELL_H
#define LIANGXIN_ORGANIZATIONS_EXPORTS_CELL_H

#include "organizations/ledgers/column.h"

/* The text of the column's field in `data`; empty where there is no value. Columns kept elsewhere are empty. */
struct slice cell_text(struct arena *arena, const struct column *column, const void *data);
/* True where a spreadsheet should count: the cell is a number, not a text of digits. */
bool cell_is_number(const struct column *column);

#endif
