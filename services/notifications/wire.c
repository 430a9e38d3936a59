/* SPDX-License-Identifier: Apache-2.0 */
/* Messages as the API shows them. Everything made here lives in the call's arena. */
#include "notifications/notifications.h"
#include "notifications/title.h"
#include "base/banned.h"

#define X(name, number, code)                                                                                          \
    _Static_assert((number) == LIANGXIN__NOTIFICATIONS__V1__MESSAGE_KIND__MESSAGE_KIND_##name, code);
MESSAGE_KINDS(X)
#undef X
#define X(name, number, code)                                                                                          \
    _Static_assert((number) == LIANGXIN__NOTIFICATIONS__V1__MESSAGE_PURPOSE__MESSAGE_PURPOSE_##name, code);
MESSAGE_PURPOSES(X)
#undef X

static char *
id_text(struct arena *arena, const struct id *id)
{
    char *text = arena_alloc(arena, ID_SIZE);

    id_format(id, text);
    return text;
}

static char *
instant_text(struct arena *arena, instant_t at)
{
    char *text = arena_alloc(arena, INSTANT_SIZE);

    instant_format(at, text);
    return text;
}

void
message_to_wire(struct arena *arena, const struct message *message, Message *out)
{
    struct title title = title_of(message->kind, message->purpose, message->event, message->state);

    out->id = id_text(arena, &message->id);
    out->kind = (MessageKind)message->kind;
    out->purpose = (MessagePurpose)message->purpose;
    out->personal = !id_is_nil(&message->account);
    out->subject_id = id_text(arena, &message->subject);
    out->role = arena_text(arena, message->role);
    out->event = arena_text(arena, message->event);
    out->state = arena_text(arena, message->state);
    out->number = arena_text(arena, message->number);
    out->title_zh = arena_text(arena, title.zh);
    out->title_en = arena_text(arena, title.en);
    out->at = instant_text(arena, message->at);
    if (message->read) {
        out->read_case = LIANGXIN__NOTIFICATIONS__V1__MESSAGE__READ_READ_AT;
        out->read_at = instant_text(arena, message->read_at);
    }
}
