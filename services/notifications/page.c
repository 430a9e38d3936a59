/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of messages: newest first, by time and id. */
#include "notifications/notifications.h"
#include "rpc/cursor.h"
#include "base/banned.h"

status_t
message_page_open(struct call *call, const char *filter, const char *cursor, struct message_key *ret_key)
{
    const char *keys[2];
    status_t st;

    *ret_key = (struct message_key){ 0 };
    if (!cursor[0])
        return OK;
    st = cursor_read(call->arena, cursor, filter, keys, 2);
    if (st)
        return st;
    *ret_key = (struct message_key){ .at = keys[0], .id = keys[1] };
    return OK;
}

char *
message_page_next(struct call *call, const char *filter, const struct message *last)
{
    char at[INSTANT_SIZE];
    char id[ID_SIZE];

    instant_format(last->at, at);
    id_format(&last->id, id);
    return arena_text(call->arena, cursor_write(call->arena, filter, (const char *const[]){ at, id }, 2));
}
