/* SPDX-License-Identifier: Apache-2.0 */
/* Printed sheets in the database, and a row of them as what is drawn. */
#ifndef LIANGXIN_TRANSFERS_PAPER_STORE_PAPER_H
#define LIANGXIN_TRANSFERS_PAPER_STORE_PAPER_H

#include "transfers/paper/kind.h"
#include "transfers/transfers.h"

/* Letters of `ids` that the actor may print, locked, in the order of their numbers. */
status_t paper_lock(struct call *call, const struct paper_kind *kind, const struct id *ids, size_t count,
                    struct id **ret_ids, size_t *ret_count);
/* Counts one more print of each; `batch` may be NULL. The letters are locked. *ret_copy: the first one's. */
status_t paper_count(struct call *call, const struct paper_kind *kind, const struct id *ids, size_t count,
                     const struct id *batch, uint32_t *ret_copy);

/* A sheet as it is drawn; secrets stand in it. */
struct paper_sheet {
    const struct paper_kind *kind;
    uint32_t copy;
    date_t printed_on;
    struct sheet_values values;
    struct slice secrets[2]; /* identity and telephone number, to be wiped */
    int place;               /* in its batch */
};

/* The sheet that the actor has printed; copy 0: his latest. NOT_FOUND when there is none. */
status_t paper_find(struct call *call, const struct id *letter, const struct paper_kind *kind, uint32_t copy,
                    struct paper_sheet *ret_sheet);
/* Sheets of a batch behind `place`. */
status_t paper_page(struct db *db, struct arena *arena, const struct transfers_state *state, const struct id *batch,
                    int place, int limit, struct paper_sheet **ret_sheets, int *ret_count);
void paper_sheet_wipe(struct paper_sheet *sheet);

extern const struct db_statement sql_paper_lock, sql_paper_count, sql_paper_find, sql_paper_page;

#endif
