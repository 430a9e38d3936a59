/* SPDX-License-Identifier: Apache-2.0 */
/* What rows of one file are to each other: repeats, and the order in which they can be worked on. Pure. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_SHEET_ORDER_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_SHEET_ORDER_H

#include "organizations/ledgers/sheet.h"

/* Builds by_key. A later row with the same key is a duplicate when it says the same, otherwise DUPLICATE_ROW. */
void sheet_find_repeats(struct arena *arena, struct sheet *sheet);
/* Sorts rows by their depth below rows of the file, else as they stand. Rows that hang on themselves in the end are
 * ORGANIZATION_LOOP. */
void sheet_order(struct arena *arena, struct sheet *sheet);

#endif
