/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of lists. On the worker's thread. */
#include "rpc/page.h"

#include "rpc/cursor.h"
#include "base/banned.h"

status_t
page_open(struct call *call, const char *filter, uint32_t limit, const char *cursor, struct page *ret_page)
{
    const struct id *scope = call_scope(call);
    char scope_text[ID_SIZE] = "";

    if (scope)
        id_format(scope, scope_text);
    *ret_page = (struct page){ .filter = arena_printf(call->arena, "%s|%s|%s", call->method->name, scope_text, filter),
                               .limit = limit ? limit : PAGE_DEFAULT };
    return cursor[0] ? cursor_read(call->arena, cursor, ret_page->filter, &ret_page->after, 1) : OK;
}

size_t
page_count(const struct page *page, struct db_rows *rows)
{
    int64_t count = db_count(rows);

    return (size_t)(count < page->limit ? count : page->limit);
}

char *
page_cursor(struct call *call, const struct page *page, const char *key)
{
    return arena_text(call->arena, cursor_write(call->arena, page->filter, &key, 1));
}

char *
page_next(struct call *call, const struct page *page, struct db_rows *rows, const char *column)
{
    if (db_count(rows) <= page->limit)
        return arena_text(call->arena, "");
    return page_cursor(call, page, db_text(rows, (int)page->limit - 1, column));
}
