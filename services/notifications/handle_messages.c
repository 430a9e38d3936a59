/* SPDX-License-Identifier: Apache-2.0 */
/* An organization's messages: listed, and marked as read. Runs on a worker's thread inside its frame. */
#include "notifications/notifications.h"
#include "rpc/audit.h"
#include "rpc/cursor.h"
#include "base/banned.h"

#define PAGE_USUAL 50

/* The text a cursor is bound to: another organization's cursor, or one of the other list, fits nowhere. */
static const char *
filter_of(struct call *call, const ListMessagesRequest *in)
{
    char organization[ID_SIZE];

    id_format(call_scope(call), organization);
    return arena_printf(call->arena, "messages %s %s", organization, in->unread ? "unread" : "all");
}

static status_t
key_from_cursor(struct call *call, const ListMessagesRequest *in, struct message_key *ret_key)
{
    const char *keys[2];
    status_t st;

    *ret_key = (struct message_key){ 0 };
    if (!in->cursor[0])
        return OK;
    st = cursor_read(call->arena, in->cursor, filter_of(call, in), keys, 2);
    if (st)
        return st;
    *ret_key = (struct message_key){ .at = keys[0], .id = keys[1] };
    return OK;
}

static char *
cursor_behind(struct call *call, const ListMessagesRequest *in, const struct message *last)
{
    char at[INSTANT_SIZE];
    char id[ID_SIZE];

    instant_format(last->at, at);
    id_format(&last->id, id);
    return arena_text(call->arena, cursor_write(call->arena, filter_of(call, in), (const char *const[]){ at, id }, 2));
}

status_t
handle_list_messages(struct call *call, const ListMessagesRequest *in, MessagePage *out)
{
    size_t limit = in->limit ? in->limit : PAGE_USUAL;
    struct message *messages;
    struct message_key after;
    size_t count;
    status_t st;

    st = key_from_cursor(call, in, &after);
    if (!st)
        st = message_list(call, in->unread, &after, (int64_t)limit + 1, &messages, &count);
    if (st)
        return st;
    if (count > limit) { /* the one too many tells that there is a next page */
        count = limit;
        out->next_cursor = cursor_behind(call, in, &messages[limit - 1]);
    }
    out->items = arena_array(call->arena, count, sizeof(Message *));
    for (; out->n_items < count; out->n_items++) {
        out->items[out->n_items] = message_new(call->arena);
        message_to_wire(call->arena, &messages[out->n_items], out->items[out->n_items]);
    }
    return OK;
}

static void
audit_read(struct call *call, const struct message *message, bool was_read)
{
    audit_add(call, &(struct audit_entry){
                        .object = "message",
                        .id = &message->id,
                        .before = slice_of(was_read ? "read" : "unread"),
                        .after = slice_of("read"),
                    });
}

status_t
handle_read_message(struct call *call, const ReadMessageRequest *in, Message *out)
{
    struct message message;
    struct id id;
    status_t st;

    if (!id_parse(slice_of(in->id), &id))
        return status_field(call->arena, PROBLEM_BAD_FORMAT, "/id");
    st = message_lock(call, &id, &message);
    if (st)
        return st;
    audit_read(call, &message, message.read);
    if (!message.read) {
        message_mark_read(call, &id);
        message.read = true;
        message.read_at = call->now;
    }
    message_to_wire(call->arena, &message, out);
    return OK;
}
