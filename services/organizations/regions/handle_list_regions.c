/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of regions by code. Everybody may know the map, so there is no scope here. On the worker's thread. */
#include "rpc/page.h"
#include "organizations/regions/region_ledger.h"
#include "organizations/wire.h"
#include "base/banned.h"

const struct db_statement sql_region_list = {
    "region_list",
    "SELECT code, name FROM region WHERE $1::text IS NULL OR code > $1 ORDER BY code LIMIT $2",
};

static status_t
region_list(struct call *call, const struct page *page, struct db_rows **ret_rows)
{
    struct db_args args = { 0 };

    db_arg_text(&args, page->after);
    db_arg_i64(&args, page->limit + 1);
    return db_query(call->db, call->arena, &sql_region_list, &args, ret_rows);
}

status_t
handle_list_regions(struct call *call, const ListRegionsRequest *in, RegionPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, "", in->limit, in->cursor, &page);

    if (!st)
        st = region_list(call, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Region *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = region_new(call->arena);
        out->items[i]->code = wire_text(db_text(rows, (int)i, "code"));
        out->items[i]->name = wire_text(db_text(rows, (int)i, "name"));
    }
    out->next_cursor = page_next(call, &page, rows, "code");
    return db_rows_status(rows);
}
