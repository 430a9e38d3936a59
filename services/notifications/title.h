/* SPDX-License-Identifier: Apache-2.0 */
/* DOMAIN: what a message says, in both languages. A message keeps kind, purpose, event and state; its words are found
 * here when it is shown, so that better words reach old messages too. Pure. */
#ifndef LIANGXIN_NOTIFICATIONS_TITLE_H
#define LIANGXIN_NOTIFICATIONS_TITLE_H

#include <stdbool.h>

/* name, number (notifications.v1.MessageKind), code in the database */
#define MESSAGE_KINDS(X)                                                                                               \
    X(LETTER, 1, "letter") /* 介绍信 */                                                                             \
    X(MOVE, 2, "move")     /* 支部间调整 */                                                                       \
    X(IMPORT, 3, "import") /* 导入 */                                                                                \
    X(POST, 4, "post")     /* 任职 */                                                                                \
    X(TERMS, 5, "terms")   /* 届满 */

/* the same of notifications.v1.MessagePurpose */
#define MESSAGE_PURPOSES(X)                                                                                            \
    X(STEP, 1, "step")     /* 待办 */                                                                                \
    X(INFORM, 2, "inform") /* 知会 */

enum message_kind {
    MESSAGE_KIND_NONE,
#define X(name, number, code) MESSAGE_##name = (number),
    MESSAGE_KINDS(X)
#undef X
};

enum message_purpose {
    MESSAGE_PURPOSE_NONE,
#define X(name, number, code) MESSAGE_FOR_##name = (number),
    MESSAGE_PURPOSES(X)
#undef X
};

const char *message_kind_code(enum message_kind kind);
enum message_kind message_kind_parse(const char *code); /* NONE: no such code */
const char *message_purpose_code(enum message_purpose purpose);
enum message_purpose message_purpose_parse(const char *code);

struct title {
    const char *zh;
    const char *en;
};

/* For whom it is sent: of a subject that came to `state` by `event` (words of the service that told it). What has no
 * words of its own yet gets the general ones of its kind, never none. */
struct title title_of(enum message_kind kind, enum message_purpose purpose, const char *event, const char *state);

#endif
