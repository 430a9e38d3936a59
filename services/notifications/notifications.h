/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this service share, by defining file. */
#ifndef LIANGXIN_NOTIFICATIONS_NOTIFICATIONS_H
#define LIANGXIN_NOTIFICATIONS_NOTIFICATIONS_H

#include <liangxin/notifications/v1/notifications.handlers.h>

#include "events/follower.h"
#include "rpc/call.h"

/* --- service.c ---------------------------------------------------------------------------------------------------- */

struct service;
extern const struct service notifications_service;

/* --- store.c ------------------------------------------------------------------------------------------------------ */

/* A message to whoever holds `role` in `organization`, about one version of a letter. */
struct message {
    struct id id;
    struct id organization;
    const char *role;
    struct id letter;
    int64_t version;
    const char *event;
    const char *state;
    const char *number; /* "" before issue */
    instant_t at;
    bool read;
    instant_t read_at; /* where read */
};

/* Sort keys of a row, as texts that the database reads. */
struct message_key {
    const char *at; /* NULL: from the newest on */
    const char *id;
};

/* Queues a message; the same version of the same letter again is none. */
void message_add(struct db *db, const struct message *message);
/* The acting organization's messages behind a key, newest first, at most `limit`, in the call's arena. */
status_t message_list(struct call *call, bool unread, const struct message_key *after, int64_t limit,
                      struct message **ret_messages, size_t *ret_count);
/* Locks one of the acting organization's messages; NOT_FOUND otherwise. In a transaction. */
status_t message_lock(struct call *call, const struct id *id, struct message *ret_message);
/* Queues that it was read now. */
void message_mark_read(struct call *call, const struct id *id);

/* --- follow_transfers.c ------------------------------------------------------------------------------------------- */

/* Tells whose step is next; a letter that is nobody's gives no message. */
status_t message_on_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

/* --- wire.c ------------------------------------------------------------------------------------------------------- */

/* Fills `out` in `arena`, with the words of today. */
void message_to_wire(struct arena *arena, const struct message *message, Message *out);

#endif
