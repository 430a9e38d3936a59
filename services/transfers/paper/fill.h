/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a printed sheet (store_paper.c) as the words that stand on it, with its proof. */
#ifndef LIANGXIN_TRANSFERS_PAPER_FILL_H
#define LIANGXIN_TRANSFERS_PAPER_FILL_H

#include "transfers/paper/store_paper.h"

/* Opens the sealed numbers, in memory only: wipe the sheet once it is drawn. */
status_t paper_fill(struct arena *arena, const struct transfers_state *state, struct db_rows *rows, int row,
                    struct paper_sheet *ret_sheet);

#endif
