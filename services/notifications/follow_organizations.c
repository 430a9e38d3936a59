/* SPDX-License-Identifier: Apache-2.0 */
/* What organizations tells becomes messages: one summary of terms that are over to the superior. The follower's thread
 * and transaction. */
#include <liangxin/organizations/v1/organizations_events.pb-c.h>

#include "io/clock.h"
#include "notifications/notifications.h"
#include "base/banned.h"

status_t
message_on_terms(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Organizations__V1__TermsOver *over = (const Liangxin__Organizations__V1__TermsOver *)fact;
    struct message message = { .id = clock_id(),
                               .kind = MESSAGE_TERMS,
                               .purpose = MESSAGE_FOR_INFORM,
                               .role = "",
                               .version = event->version,
                               .event = "over",
                               .state = "over",
                               .number = "",
                               .at = event->at };

    if (!id_from_bytes(over->organization_id.data, over->organization_id.len, &message.organization))
        return status_detail(follow->arena, PROBLEM_MALFORMED, "an organization's id has %zu bytes",
                             over->organization_id.len);
    message.subject = message.organization;
    message_tell(follow->db, follow->arena, &message);
    return OK;
}
