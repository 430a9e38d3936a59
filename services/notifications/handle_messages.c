/* SPDX-License-Identifier: Apache-2.0 */
/* Messages: listed, counted, marked as read. Runs on a worker's thread inside its frame. */
#include "notifications/notifications.h"
#include "rpc/audit.h"
#include "base/banned.h"

#define PAGE_USUAL 50

/* The text a cursor is bound to: another organization's cursor, or one of the other list, fits nowhere. */
static const char *
filter_of(struct call *call, const ListMessagesRequest *in)
{
    char organization[ID_SIZE];
    char account[ID_SIZE];

    id_format(call_scope(call), organization);
    id_format(&call->actor->account, account);
    return arena_printf(call->arena, "messages %s %s %s", organization, account, in->unread ? "unread" : "all");
}

status_t
handle_list_messages(struct call *call, const ListMessagesRequest *in, MessagePage *out)
{
    size_t limit = in->limit ? in->limit : PAGE_USUAL;
    const char *filter = filter_of(call, in);
    struct message *messages;
    struct message_key after;
    size_t count;
    status_t st = message_page_open(call, filter, in->cursor, &after);

    if (!st)
        st = message_list(call, in->unread ? MESSAGES_UNREAD : MESSAGES_ALL, &after, (int64_t)limit + 1, &messages,
                          &count);
    if (st)
        return st;
    if (count > limit) { /* the one too many tells that there is a next page */
        count = limit;
        out->next_cursor = message_page_next(call, filter, &messages[limit - 1]);
    }
    out->items = arena_array(call->arena, count, sizeof(Message *));
    for (; out->n_items < count; out->n_items++) {
        out->items[out->n_items] = message_new(call->arena);
        message_to_wire(call->arena, &messages[out->n_items], out->items[out->n_items]);
    }
    return OK;
}

status_t
handle_count_unread(struct call *call, const CountUnreadRequest *in, UnreadCount *out)
{
    (void)in;
    return message_count(call, MESSAGES_UNREAD, &out->unread);
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

/* Other pages of the same reader show it as read too. */
static void
tell_read(struct call *call, const struct message *message)
{
    struct stream_item item = { .kind = "message", .id = &message->id };

    if (id_is_nil(&message->account)) {
        item.organizations = &message->organization;
        item.n_organizations = 1;
    } else {
        item.account = &message->account;
    }
    stream_tell(call->db, call->arena, &item, call->now);
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
        tell_read(call, &message);
    }
    message_to_wire(call->arena, &message, out);
    return OK;
}

static status_t
mark(struct call *call, const ReadMessagesRequest *in, uint32_t *ret_marked)
{
    struct id *ids = arena_array(call->arena, in->n_ids, sizeof *ids);
    struct id through;

    if ((in->n_ids > 0) == (in->through_id[0] != '\0'))
        return status_field(call->arena, PROBLEM_REQUIRED, "/through_id"); /* one of the two */
    if (in->n_ids == 0)
        return id_parse(slice_of(in->through_id), &through)
                   ? message_mark_read_through(call, &through, ret_marked)
                   : status_field(call->arena, PROBLEM_BAD_FORMAT, "/through_id");
    for (size_t i = 0; i < in->n_ids; i++)
        if (!id_parse(slice_of(in->ids[i]), &ids[i]))
            return status_field(call->arena, PROBLEM_BAD_FORMAT, arena_printf(call->arena, "/ids/%zu", i));
    return message_mark_read_many(call, ids, in->n_ids, ret_marked);
}

/* One row for all: what is hashed are the request's words. */
static void
audit_read_many(struct call *call, const ReadMessagesRequest *in)
{
    const char *named = in->through_id;

    for (size_t i = 0; i < in->n_ids; i++)
        named = arena_printf(call->arena, "%s %s", named, in->ids[i]);
    audit_add(call, &(struct audit_entry){ .object = "messages",
                                           .id = call_scope(call),
                                           .before = slice_of("unread"),
                                           .after = slice_of(named) });
}

status_t
handle_read_messages(struct call *call, const ReadMessagesRequest *in, MessagesRead *out)
{
    struct stream_item item = { .kind = "messages",
                                .id = call_scope(call),
                                .organizations = call_scope(call),
                                .n_organizations = 1,
                                .account = &call->actor->account };
    status_t st = mark(call, in, &out->read);

    if (!st)
        st = message_count(call, MESSAGES_UNREAD, &out->unread);
    if (st)
        return st;
    audit_read_many(call, in);
    if (out->read)
        stream_tell(call->db, call->arena, &item, call->now);
    return OK;
}
