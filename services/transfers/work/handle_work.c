/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of the acting organization: 待办, 未办结, 即将办理, 已办. */
#include "rpc/work.h"
#include "transfers/transfers.h"
#include "transfers/work/work.h"
#include "base/banned.h"

static bool
holds(const void *actor, const char *permission)
{
    return actor_may(actor, permission);
}

static void
rules_of(struct call *call, WorkBox box, int days, const struct workday_calendar *calendar, struct work_rules *ret)
{
    switch (box) {
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_UNDER_WAY:
        work_under_way(ret);
        break;
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DUE_SOON:
        work_due_soon(holds, call->actor, call->today, days, calendar, ret);
        break;
    case LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE:
        work_done(ret);
        break;
    default:
        work_waiting(holds, call->actor, ret);
    }
}

static WorkItem *
item_of(struct call *call, const struct letter_view *view, const struct workday_calendar *calendar)
{
    const Expectation *expected = expectation_to_wire(call, view, calendar);
    WorkItem *item = work_item_begin(call, "letter", &view->letter.id, view->letter.state_since);
    char number[LETTER_NUMBER_SIZE];

    letter_number_format(&view->letter.number, number);
    item->number = arena_text(call->arena, number);
    item->subject = arena_text(call->arena, view->names.member ? view->names.member : "");
    item->state = arena_text(call->arena, letter_state_code(view->letter.state));
    item->next_event = expected->next_event;
    item->next_organization_id = expected->next_organization_id;
    item->next_role = expected->next_role;
    item->waiting_days = expected->waiting_days;
    if (expected->due_case == LIANGXIN__TRANSFERS__V1__EXPECTATION__DUE_DUE_ON) {
        item->due_case = LIANGXIN__WORK__V1__WORK_ITEM__DUE_DUE_ON;
        item->due_on = expected->due_on;
    }
    item->overdue = expected->overdue;
    item->provisional = expected->provisional;
    return item;
}

static status_t
read_position(const struct work_page *page, struct id *ret_before)
{
    memset(ret_before->bytes, 0xff, ID_BYTES); /* newer than any letter */
    if (!page->after)
        return OK;
    return id_parse(slice_of(page->after), ret_before) ? OK : status_plain(PROBLEM_CURSOR_MISMATCH);
}

static void
fill_page(struct call *call, const struct work_page *page, const struct letter_view *views, int count,
          const struct workday_calendar *calendar, WorkPage *out)
{
    work_page_room(call, page, (size_t)count, out);
    for (size_t i = 0; i < out->n_items; i++)
        out->items[i] = item_of(call, &views[i], calendar);
    if ((size_t)count > page->limit)
        out->next_cursor = work_page_next(call, page, out->items[page->limit - 1]->id);
}

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    struct workday_calendar calendar;
    struct work_rules rules;
    struct letter_view *views;
    struct work_page page;
    struct id before;
    int count;
    status_t st = work_page_open(call, in, &page);

    if (!st)
        st = read_position(&page, &before);
    if (!st)
        st = calendar_read(call->db, call->arena, &calendar);
    if (st)
        return st;
    rules_of(call, in->box, (int)page.days, &calendar, &rules);
    st = work_list(call, &rules, &before, (int)page.limit + 1, &views, &count);
    if (st)
        return st;
    fill_page(call, &page, views, count, &calendar, out);
    return OK;
}

static status_t
count_box(struct call *call, WorkBox box, uint32_t days, uint32_t *ret_count)
{
    struct workday_calendar calendar;
    struct work_rules rules;
    status_t st = calendar_read(call->db, call->arena, &calendar);

    if (st)
        return st;
    rules_of(call, box, (int)days, &calendar, &rules);
    return work_count(call, &rules, ret_count);
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    return work_count_boxes(call, in, count_box, out);
}
