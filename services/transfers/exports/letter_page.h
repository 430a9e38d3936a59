/* SPDX-License-Identifier: Apache-2.0 */
/* Letters read for a table: which, how many, and one page after another. */
#ifndef LIANGXIN_TRANSFERS_EXPORTS_LETTER_PAGE_H
#define LIANGXIN_TRANSFERS_EXPORTS_LETTER_PAGE_H

#include "transfers/transfers.h"

struct letter_wish {
    const struct id *scope;
    const char *state;  /* code; NULL: all */
    const char *member; /* id; NULL: all */
    date_t since;       /* begun on that day or later; DATE_NONE: any */
    date_t until;       /* begun on that day or earlier; DATE_NONE: any */
};

status_t letters_count(struct db *db, struct arena *arena, const struct letter_wish *wish, int64_t *ret_count);
/* The next `limit`, newest first, after the row whose `key` this is; NULL: from the newest. */
status_t letters_page(struct db *db, struct arena *arena, const struct letter_wish *wish, const char *after, int limit,
                      struct db_rows **ret_rows);

extern const struct db_statement sql_letter_export_count, sql_letter_export_page;

#endif
