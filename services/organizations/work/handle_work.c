/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of organizations: 待办, 未办结, 即将办理, 已办. On the worker's thread. */
#include "organizations/wire.h"
#include "organizations/work/store_work.h"
#include "base/banned.h"

static WorkItem *
item_of(struct call *call, struct db_rows *rows, int row)
{
    struct id id = db_id(rows, row, "id");
    WorkItem *item = work_item_begin(call, db_text(rows, row, "kind"), &id, db_instant(rows, row, "since"));

    item->number = wire_text(db_text(rows, row, "number"));
    item->subject = wire_text(db_text(rows, row, "subject"));
    item->state = wire_text(db_text(rows, row, "state"));
    item->next_event = wire_text(db_text(rows, row, "next_event"));
    item->count = (uint32_t)db_i64(rows, row, "count");
    if (!db_is_null(rows, row, "due_on"))
        work_item_due(call, item, db_date(rows, row, "due_on"));
    if (!item->next_event[0])
        return item;
    item->next_organization_id = arena_alloc(call->arena, ID_SIZE);
    id_format(call_scope(call), item->next_organization_id);
    item->next_role = wire_text(call->actor->role);
    return item;
}

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    struct db_rows *rows;
    struct work_page page;
    status_t st = work_page_open(call, in, &page);

    if (!st)
        st = open_work_list(call, in->box, page.days, page.after, (int64_t)page.limit + 1, &rows);
    if (st)
        return st;
    work_page_room(call, &page, (size_t)db_count(rows), out);
    for (size_t i = 0; i < out->n_items; i++)
        out->items[i] = item_of(call, rows, (int)i);
    if ((size_t)db_count(rows) > page.limit)
        out->next_cursor = work_page_next(call, &page, db_text(rows, (int)page.limit - 1, "key"));
    return db_rows_status(rows);
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    return work_count_boxes(call, in, open_work_count, out);
}
