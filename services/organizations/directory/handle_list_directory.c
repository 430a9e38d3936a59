/* SPDX-License-Identifier: Apache-2.0 */
/* The directory, page by page. On the worker's thread, without a transaction. */
#include "organizations/directory/store_directory.h"
#include "organizations/wire.h"
#include "organizations/words.h"
#include "base/banned.h"

static void
entry_to_wire(struct db_rows *rows, int row, DirectoryEntry *out)
{
    out->id = wire_text(db_text(rows, row, "id"));
    out->code = wire_text(db_text(rows, row, "code"));
    out->name = wire_text(db_text(rows, row, "name"));
    out->kind = (OrganizationKind)word_of_code(organization_kinds, db_text(rows, row, "kind"));
    out->committee_id = wire_text(db_text(rows, row, "committee_id"));
    out->committee_name = wire_text(db_text(rows, row, "committee_name"));
    out->place = wire_text(db_text(rows, row, "place"));
    out->address = wire_text(db_text(rows, row, "address"));
    out->former_name = wire_text(db_text(rows, row, "former_name"));
    out->telephone = wire_text(db_text(rows, row, "telephone"));
}

status_t
handle_list_directory(struct call *call, const ListDirectoryRequest *in, DirectoryPage *out)
{
    const char *filter = arena_printf(call->arena, "%s|%s", in->code, in->name);
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, filter, in->limit, in->cursor, &page);

    if (!st)
        st = directory_list(call, in->name, in->code, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(DirectoryEntry *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = directory_entry_new(call->arena);
        entry_to_wire(rows, (int)i, out->items[i]);
    }
    out->next_cursor = page_next(call, &page, rows, "code");
    return db_rows_status(rows);
}
