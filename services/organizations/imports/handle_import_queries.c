/* SPDX-License-Identifier: Apache-2.0 */
/* Imports read: progress, and what became of each row. On the worker's thread, without a transaction. */
#include "organizations/imports/outcomes.h"
#include "organizations/imports/store_import.h"
#include "organizations/imports/wire_import.h"
#include "base/banned.h"

status_t
handle_get_import(struct call *call, const ImportId *in, Import *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = import_find(call, &id, &row);

    if (st)
        return st;
    import_to_wire(call->arena, row, out);
    return db_rows_status(row);
}

static const char *
wanted_outcome(const ListImportRowsRequest *in)
{
    if (in->which_case != LIANGXIN__ORGANIZATIONS__V1__LIST_IMPORT_ROWS_REQUEST__WHICH_OUTCOME)
        return NULL;
    return word_code(row_outcomes, (int)in->outcome);
}

status_t
handle_list_import_rows(struct call *call, const ListImportRowsRequest *in, ImportRowPage *out)
{
    const char *outcome = wanted_outcome(in);
    struct id id = wire_read_id(in->id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, arena_printf(call->arena, "%s|%s", in->id, outcome ? outcome : ""), in->limit,
                            in->cursor, &page);

    if (!st)
        st = import_find(call, &id, &rows);
    if (!st)
        st = import_rows(call, &id, outcome, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(ImportRow *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = import_row_new(call->arena);
        import_row_to_wire(call->arena, rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "row");
    return db_rows_status(rows);
}
