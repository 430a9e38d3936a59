/* SPDX-License-Identifier: Apache-2.0 */
/* What organizations tells becomes messages: one summary of terms that are over to the superior; an import that
 * is finished to who started it; a post that is over to who held it and to who manages it. The follower's thread and
 * transaction. */
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

static struct message
news_of(const struct event *event, enum message_kind kind, const char *what, const char *state)
{
    return (struct message){ .id = clock_id(),
                             .kind = kind,
                             .purpose = MESSAGE_FOR_INFORM,
                             .role = "",
                             .subject = event->id,
                             .version = event->version,
                             .event = what,
                             .state = state,
                             .number = "",
                             .at = event->at };
}

static status_t
read_id(struct arena *arena, ProtobufCBinaryData bytes, struct id *ret_id)
{
    if (id_from_bytes(bytes.data, bytes.len, ret_id))
        return OK;
    return status_detail(arena, PROBLEM_MALFORMED, "an addressee's id has %zu bytes", bytes.len);
}

status_t
message_on_import(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Organizations__V1__ImportFinished *finished =
        (const Liangxin__Organizations__V1__ImportFinished *)fact;
    struct message message = news_of(event, MESSAGE_IMPORT, "finished", finished->state);
    status_t st = read_id(follow->arena, finished->account_id, &message.account);

    if (!st)
        message_tell(follow->db, follow->arena, &message);
    return st;
}

status_t
message_on_post(struct follow *follow, const struct event *event, const ProtobufCMessage *fact)
{
    const Liangxin__Organizations__V1__PostEnded *ended = (const Liangxin__Organizations__V1__PostEnded *)fact;
    struct message holder = news_of(event, MESSAGE_POST, ended->event, "ended");
    struct message superior = news_of(event, MESSAGE_POST, ended->event, "ended");
    bool has_superior = ended->superior_id.len > 0;
    status_t st = read_id(follow->arena, ended->account_id, &holder.account);

    if (!st && has_superior)
        st = read_id(follow->arena, ended->superior_id, &superior.organization);
    if (st)
        return st;
    message_tell(follow->db, follow->arena, &holder);
    if (has_superior)
        message_tell(follow->db, follow->arena, &superior);
    return OK;
}
