/* SPDX-License-Identifier: Apache-2.0 */
/* What was told and not taken note of (待阅), in the shape of open work. Messages whose step is the reader's are no
 * work here: that stands with the service that owns their subject. On the worker's thread. */
#include "notifications/notifications.h"
#include "rpc/work.h"
#include "base/banned.h"

static const struct {
    WorkBox box;
    enum message_list list;
} boxes[] = {
    { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_WAITING, MESSAGES_TO_NOTE },
    { LIANGXIN__WORK__V1__WORK_BOX__WORK_BOX_DONE, MESSAGES_NOTED },
};

/* False: nothing is ever in this box. */
static bool
list_of_box(WorkBox box, enum message_list *ret_list)
{
    for (size_t i = 0; i < sizeof boxes / sizeof *boxes; i++)
        if (boxes[i].box == box) {
            *ret_list = boxes[i].list;
            return true;
        }
    return false;
}

static WorkItem *
item_of(struct call *call, const struct message *message)
{
    struct title title = title_of(message->kind, message->purpose, message->event, message->state);
    WorkItem *item = work_item_begin(call, "message", &message->id, message->at);

    item->number = arena_text(call->arena, message->number);
    item->subject = arena_text(call->arena, title.zh);
    item->state = arena_text(call->arena, message->read ? "read" : "unread");
    item->next_event = arena_text(call->arena, message->read ? "" : "read");
    if (message->read)
        item->waiting_days = 0;
    return item;
}

/* The cursor's key is two texts, when and which, with a blank between them. */
static struct message_key
read_position(struct call *call, const struct work_page *page)
{
    const char *blank = page->after ? strchr(page->after, ' ') : NULL;

    if (!blank)
        return (struct message_key){ 0 };
    return (struct message_key){ .at = arena_printf(call->arena, "%.*s", (int)(blank - page->after), page->after),
                                 .id = blank + 1 };
}

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    enum message_list list;
    struct message *messages;
    struct message_key after;
    struct work_page page;
    size_t count;
    status_t st = work_page_open(call, in, &page);

    if (st || !list_of_box(in->box, &list))
        return st;
    after = read_position(call, &page);
    st = message_list(call, list, &after, (int64_t)page.limit + 1, &messages, &count);
    if (st)
        return st;
    work_page_room(call, &page, count, out);
    for (size_t i = 0; i < out->n_items; i++)
        out->items[i] = item_of(call, &messages[i]);
    if (count > page.limit) {
        const WorkItem *last = out->items[page.limit - 1];

        out->next_cursor = work_page_next(call, &page, arena_printf(call->arena, "%s %s", last->since, last->id));
    }
    return OK;
}

static status_t
count_box(struct call *call, WorkBox box, uint32_t days, uint32_t *ret_count)
{
    enum message_list list;

    (void)days;
    return list_of_box(box, &list) ? message_count(call, list, ret_count) : OK;
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    return work_count_boxes(call, in, count_box, out);
}
