/* SPDX-License-Identifier: Apache-2.0 */
/* What a thing was before an import changed it, as the cells of a row, so that undoing is taking that row in. It names
 * people, so it is sealed, bound to its place, and forgotten once the import cannot be undone any more. */
#ifndef LIANGXIN_ORGANIZATIONS_LEDGERS_FORMER_H
#define LIANGXIN_ORGANIZATIONS_LEDGERS_FORMER_H

#include "organizations/ledgers/ledger.h"

/* The cells of row->before. */
struct slice former_seal(struct import_work *work, const struct id *import, const struct sheet_row *row);
/* A row with these cells, read and checked, in the place of `row`. INTERNAL when the bytes do not open. */
status_t former_open(struct import_work *work, const struct id *import, const struct sheet_row *row,
                     struct slice sealed, struct sheet_row **ret_former);

#endif
