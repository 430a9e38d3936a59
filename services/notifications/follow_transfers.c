/* SPDX-License-Identifier: Apache-2.0 */
/* Every step of a letter becomes a message to whoever acts next. The follower's thread and transaction. */
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "io/clock.h"
#include "notifications/notifications.h"
#include "base/banned.h"

status_t
message_on_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Transfers__V1__LetterChanged *changed = (const Liangxin__Transfers__V1__LetterChanged *)fact;
    ProtobufCBinaryData next = changed->next_organization_id;
    struct message message = {
        .id = clock_id(),
        .role = changed->next_role,
        .letter = event->id,
        .version = event->version,
        .event = changed->event,
        .state = changed->state,
        .number = changed->number,
        .at = event->at,
    };

    if (next.len == 0)
        return OK;
    if (!id_from_bytes(next.data, next.len, &message.organization))
        return status_detail(follow->arena, PROBLEM_MALFORMED, "next_organization_id has %zu bytes", next.len);
    message_add(follow->db, &message);
    return OK;
}
