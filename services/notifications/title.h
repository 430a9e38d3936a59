/* SPDX-License-Identifier: Apache-2.0 */
/* What a message says, in both languages. A message keeps kind, event and state; its words are found here when it is
 * shown, so that better words reach old messages too. Pure. */
#ifndef LIANGXIN_NOTIFICATIONS_TITLE_H
#define LIANGXIN_NOTIFICATIONS_TITLE_H

struct title {
    const char *zh;
    const char *en;
};

/* For whom the step is next: of a letter that came to `state` by `event` (names of transfers' table). A step that has
 * no words of its own yet gets general ones, never none. */
struct title title_of_letter(const char *event, const char *state);

#endif
