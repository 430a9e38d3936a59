/* SPDX-License-Identifier: Apache-2.0 */
/* Open work of the acting organization: 待办, 未办结, 即将办理, 已办. */
#include "rpc/cursor.h"
#include "transfers/transfers.h"
#include "transfers/work.h"
#include "base/banned.h"

#define PAGE_DEFAULT 50
#define DAYS_DEFAULT 3

static bool
holds(const void *actor, const char *permission)
{
    return actor_may(actor, permission);
}

static int
days_of(uint32_t days)
{
    return days ? (int)days : DAYS_DEFAULT;
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
    WorkItem *item = work_item_new(call->arena);
    char number[LETTER_NUMBER_SIZE];
    char since[INSTANT_SIZE];
    char id[ID_SIZE];

    id_format(&view->letter.id, id);
    letter_number_format(&view->letter.number, number);
    instant_format(view->letter.state_since, since);
    item->kind = arena_text(call->arena, "letter");
    item->id = arena_text(call->arena, id);
    item->number = arena_text(call->arena, number);
    item->subject = arena_text(call->arena, view->names.member ? view->names.member : "");
    item->state = arena_text(call->arena, letter_state_code(view->letter.state));
    item->since = arena_text(call->arena, since);
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

static const char *
filter_of(const struct call *call, const ListWorkRequest *in)
{
    char scope[ID_SIZE];

    id_format(call_scope(call), scope);
    return arena_printf(call->arena, "work %s %s %d %d", scope, call->actor->role, (int)in->box, days_of(in->days));
}

static status_t
read_position(struct call *call, const ListWorkRequest *in, struct id *ret_before)
{
    const char *key;
    status_t st;

    memset(ret_before->bytes, 0xff, ID_BYTES); /* newer than any letter */
    if (!in->cursor[0])
        return OK;
    st = cursor_read(call->arena, in->cursor, filter_of(call, in), &key, 1);
    if (st)
        return st;
    return id_parse(slice_of(key), ret_before) ? OK : status_plain(PROBLEM_CURSOR_MISMATCH);
}

static void
fill_page(struct call *call, const ListWorkRequest *in, const struct letter_view *views, int count, int limit,
          const struct workday_calendar *calendar, WorkPage *out)
{
    char last[ID_SIZE];
    const char *key = last;
    int shown = count < limit ? count : limit;

    out->items = arena_array(call->arena, (size_t)shown, sizeof *out->items);
    out->n_items = (size_t)shown;
    for (int i = 0; i < shown; i++)
        out->items[i] = item_of(call, &views[i], calendar);
    if (count <= limit)
        return;
    id_format(&views[limit - 1].letter.id, last);
    out->next_cursor = arena_text(call->arena, cursor_write(call->arena, filter_of(call, in), &key, 1));
}

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    int limit = in->limit ? (int)in->limit : PAGE_DEFAULT;
    struct workday_calendar calendar;
    struct work_rules rules;
    struct letter_view *views;
    struct id before;
    int count;
    status_t st = read_position(call, in, &before);

    if (!st)
        st = calendar_read(call->db, call->arena, &calendar);
    if (st)
        return st;
    rules_of(call, in->box, days_of(in->days), &calendar, &rules);
    st = work_list(call, &rules, &before, limit + 1, &views, &count);
    if (st)
        return st;
    fill_page(call, in, views, count, limit, &calendar, out);
    return OK;
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    const struct {
        WorkBox box;
        uint32_t *count;
    } boxes[] = {
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_WAITING, &out->waiting },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_UNDER_WAY, &out->under_way },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DUE_SOON, &out->due_soon },
        { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE, &out->done },
    };
    struct workday_calendar calendar;
    struct work_rules rules;
    status_t st = calendar_read(call->db, call->arena, &calendar);

    for (size_t i = 0; !st && i < sizeof boxes / sizeof *boxes; i++) {
        rules_of(call, boxes[i].box, days_of(in->days), &calendar, &rules);
        st = work_count(call, &rules, boxes[i].count);
    }
    return st;
}
