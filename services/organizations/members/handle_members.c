/* SPDX-License-Identifier: Apache-2.0 */
/* Members read: one, and pages by name. On the worker's thread, without a transaction. */
#include "organizations/members/store_member.h"
#include "rpc/page.h"
#include "organizations/wire.h"
#include "base/banned.h"

status_t
handle_get_member(struct call *call, const MemberId *in, Member *out)
{
    struct id id = wire_read_id(in->id);
    struct db_rows *row;
    status_t st = member_find(call, &id, &row);

    return st ? st : member_to_wire(call, row, 0, out);
}

status_t
handle_list_members(struct call *call, const ListMembersRequest *in, MemberPage *out)
{
    struct db_rows *rows;
    struct page page;
    status_t st = page_open(call, in->organization_id, in->limit, in->cursor, &page);

    if (!st)
        st = member_list(call, in->organization_id, &page, &rows);
    if (st)
        return st;
    out->n_items = page_count(&page, rows);
    out->items = arena_array(call->arena, out->n_items, sizeof(Member *));
    for (size_t i = 0; i < out->n_items; i++) {
        out->items[i] = member_new(call->arena);
        st = member_to_wire(call, rows, (int)i, out->items[i]);
        if (st)
            return st;
    }
    out->next_cursor = page_next(call, &page, rows, "person_id");
    return db_rows_status(rows);
}
