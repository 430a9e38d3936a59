/* SPDX-License-Identifier: Apache-2.0 */
/* Keyset pages over one unique key: `key > after`, LIMIT limit + 1, and a signed cursor when there is more. */
#ifndef LIANGXIN_RPC_PAGE_H
#define LIANGXIN_RPC_PAGE_H

#include "rpc/call.h"

#define PAGE_DEFAULT 50

struct page {
    const char *filter; /* the query the cursor belongs to */
    const char *after;  /* key of the last row seen; NULL: from the beginning */
    int64_t limit;
};

/* `filter` is a stable text of the query's own parameters; method and scope are added. */
status_t page_open(struct call *call, const char *filter, uint32_t limit, const char *cursor, struct page *ret_page);
/* Rows to show of those that LIMIT limit + 1 gave. */
size_t page_count(const struct page *page, struct db_rows *rows);
/* The cursor after the row shown last, whose key is in `column`; "" at the end. */
char *page_next(struct call *call, const struct page *page, struct db_rows *rows, const char *column);
/* The same where rows are read already: `key` is the one of the row shown last. */
char *page_cursor(struct call *call, const struct page *page, const char *key);

#endif
