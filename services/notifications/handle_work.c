/* SPDX-License-Identifier: Apache-2.0 */
/* What was told and not taken note of (待阅), in the shape of open work. Messages whose step is the reader's are no
 * work here: that stands with the service that owns their subject. On the worker's thread. */
#include "notifications/notifications.h"
#include "base/banned.h"

#define PAGE_USUAL 50
#define DAY_US     INT64_C(86400000000)

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

static const char *
filter_of(struct call *call, const ListWorkRequest *in)
{
    char organization[ID_SIZE];
    char account[ID_SIZE];

    id_format(call_scope(call), organization);
    id_format(&call->actor->account, account);
    return arena_printf(call->arena, "work %s %s %d", organization, account, (int)in->box);
}

static WorkItem *
item_of(struct call *call, const struct message *message)
{
    struct title title = title_of(message->kind, message->purpose, message->event, message->state);
    WorkItem *item = work_item_new(call->arena);
    char since[INSTANT_SIZE];
    char id[ID_SIZE];

    id_format(&message->id, id);
    instant_format(message->at, since);
    item->kind = arena_text(call->arena, "message");
    item->id = arena_text(call->arena, id);
    item->number = arena_text(call->arena, message->number);
    item->subject = arena_text(call->arena, title.zh);
    item->state = arena_text(call->arena, message->read ? "read" : "unread");
    item->since = arena_text(call->arena, since);
    if (!message->read) {
        item->next_event = arena_text(call->arena, "read");
        item->waiting_days = (uint32_t)((call->now - message->at) / DAY_US);
    }
    return item;
}

status_t
handle_list_work(struct call *call, const ListWorkRequest *in, WorkPage *out)
{
    size_t limit = in->limit ? in->limit : PAGE_USUAL;
    const char *filter = filter_of(call, in);
    enum message_list list;
    struct message *messages;
    struct message_key after;
    size_t count;
    status_t st = message_page_open(call, filter, in->cursor, &after);

    if (st || !list_of_box(in->box, &list))
        return st;
    st = message_list(call, list, &after, (int64_t)limit + 1, &messages, &count);
    if (st)
        return st;
    if (count > limit) {
        count = limit;
        out->next_cursor = message_page_next(call, filter, &messages[limit - 1]);
    }
    out->items = arena_array(call->arena, count, sizeof *out->items);
    for (; out->n_items < count; out->n_items++)
        out->items[out->n_items] = item_of(call, &messages[out->n_items]);
    return OK;
}

status_t
handle_count_work(struct call *call, const CountWorkRequest *in, WorkCounts *out)
{
    status_t st = message_count(call, MESSAGES_TO_NOTE, &out->waiting);

    (void)in;
    return st ? st : message_count(call, MESSAGES_NOTED, &out->done);
}
