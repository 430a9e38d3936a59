/* SPDX-License-Identifier: Apache-2.0 */
/* Imports read: progress, and what became of each row. On the worker's thread, without a transaction. */
#include "organizations/files/store_file.h"
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

static struct import_filter
read_filter(const ListImportRowsRequest *in)
{
    struct import_filter filter = { 0 };

    if (in->which_case == LIANGXIN__ORGANIZATIONS__V1__LIST_IMPORT_ROWS_REQUEST__WHICH_OUTCOME)
        filter.outcome = word_code(row_outcomes, (int)in->outcome);
    if (in->by_undo_case == LIANGXIN__ORGANIZATIONS__V1__LIST_IMPORT_ROWS_REQUEST__BY_UNDO_UNDO)
        filter.undo = word_code(undo_outcomes, (int)in->undo);
    return filter;
}

status_t
handle_list_import_rows(struct call *call, const ListImportRowsRequest *in, ImportRowPage *out)
{
    struct import_filter filter = read_filter(in);
    struct id id = wire_read_id(in->id);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call,
                            arena_printf(call->arena, "%s|%s|%s", in->id, filter.outcome ? filter.outcome : "",
                                         filter.undo ? filter.undo : ""),
                            in->limit, in->cursor, &page);

    if (!st)
        st = import_find(call, &id, &rows);
    if (!st)
        st = import_rows(call, &id, &filter, &page, &rows);
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

status_t
handle_get_annotated_import(struct call *call, const GetAnnotatedImportRequest *in, FileContent *out)
{
    struct file_store store = file_store_of(call);
    struct id id = wire_read_id(in->id);
    struct stored_file file;
    struct slice bytes;
    struct id file_id;
    status_t st = import_annotation(call, &id, &file_id);

    if (!st)
        st = file_find(&store, &file_id, &file);
    if (!st)
        st = file_read(&store, &file_id, in->offset, &bytes);
    if (st)
        return st;
    out->data = (ProtobufCBinaryData){ .len = bytes.size, .data = (uint8_t *)(uintptr_t)bytes.data };
    out->size = file.size;
    out->media_type = wire_text(file.media_type);
    out->file_name = wire_text(file.name);
    return OK;
}
