/* SPDX-License-Identifier: Apache-2.0 */
/* What services do alike about open work. On the worker's thread; everything lives in the call's arena. */
#include "rpc/work.h"

#include "rpc/cursor.h"
#include "base/banned.h"

#define PAGE_USUAL 50
#define DAY_US     INT64_C(86400000000)

uint32_t
work_days(uint32_t days)
{
    return days ? days : WORK_DAYS_USUAL;
}

status_t
work_page_open(struct call *call, const Liangxin__Work__V1__ListWorkRequest *in, struct work_page *ret_page)
{
    char organization[ID_SIZE];
    char account[ID_SIZE];

    id_format(call_scope(call), organization);
    id_format(&call->actor->account, account);
    *ret_page = (struct work_page){
        .filter = arena_printf(call->arena, "work %s %s %s %d %u", organization, account, call->actor->role,
                               (int)in->box, work_days(in->days)),
        .limit = in->limit ? in->limit : PAGE_USUAL,
        .days = work_days(in->days),
    };
    return in->cursor[0] ? cursor_read(call->arena, in->cursor, ret_page->filter, &ret_page->after, 1) : OK;
}

void
work_page_room(struct call *call, const struct work_page *page, size_t found, Liangxin__Work__V1__WorkPage *out)
{
    out->n_items = found < page->limit ? found : page->limit;
    out->items = arena_array(call->arena, out->n_items, sizeof(Liangxin__Work__V1__WorkItem *));
}

char *
work_page_next(struct call *call, const struct work_page *page, const char *key)
{
    return arena_text(call->arena, cursor_write(call->arena, page->filter, &key, 1));
}

Liangxin__Work__V1__WorkItem *
work_item_begin(struct call *call, const char *kind, const struct id *id, instant_t since)
{
    Liangxin__Work__V1__WorkItem *item = arena_alloc(call->arena, sizeof *item);

    liangxin__work__v1__work_item__init(item);
    item->kind = arena_text(call->arena, kind);
    item->id = arena_alloc(call->arena, ID_SIZE);
    id_format(id, item->id);
    item->since = arena_alloc(call->arena, INSTANT_SIZE);
    instant_format(since, item->since);
    item->waiting_days = since < call->now ? (uint32_t)((call->now - since) / DAY_US) : 0;
    return item;
}

void
work_item_due(struct call *call, Liangxin__Work__V1__WorkItem *item, date_t due_on)
{
    item->due_case = LIANGXIN__WORK__V1__WORK_ITEM__DUE_DUE_ON;
    item->due_on = arena_alloc(call->arena, DATE_SIZE);
    date_format(due_on, item->due_on);
    item->overdue = due_on < call->today;
}

status_t
work_count_boxes(struct call *call, const Liangxin__Work__V1__CountWorkRequest *in, work_counter *count,
                 Liangxin__Work__V1__WorkCounts *out)
{
    const struct {
        Liangxin__Work__V1__WorkBox box;
        uint32_t *count;
    } boxes[] = {
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_WAITING, &out->waiting },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_UNDER_WAY, &out->under_way },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DUE_SOON, &out->due_soon },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE, &out->done },
    };
    status_t st = OK;

    for (size_t i = 0; !st && i < sizeof boxes / sizeof *boxes; i++)
        st = count(call, boxes[i].box, work_days(in->days), boxes[i].count);
    return st;
}

status_t
work_list_nothing(struct call *call, const Liangxin__Work__V1__ListWorkRequest *in)
{
    struct work_page page;

    return work_page_open(call, in, &page);
}
