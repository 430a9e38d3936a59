/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of this service share, by defining file. */
#ifndef LIANGXIN_NOTIFICATIONS_NOTIFICATIONS_H
#define LIANGXIN_NOTIFICATIONS_NOTIFICATIONS_H

#include <liangxin/notifications/v1/notifications.handlers.h>

#include "events/follower.h"
#include "notifications/title.h"
#include "rpc/call.h"

/* --- service.c ---------------------------------------------------------------------------------------------------- */

struct service;
extern const struct service notifications_service;

#define COUNT_LIMIT 1000 /* numbers of messages stop there */

/* --- store_message.c ---------------------------------------------------------------------------------------------- */

/* To whoever acts in `organization`, or to `account` alone, about one version of a subject. */
struct message {
    struct id id;
    struct id organization; /* nil: to one account */
    struct id account;      /* nil: to an organization */
    enum message_kind kind;
    enum message_purpose purpose;
    const char *role;  /* whose step; "" of those that inform */
    struct id subject; /* a thing of its kind */
    int64_t version;   /* of the subject, after the event */
    const char *event;
    const char *state;
    const char *number; /* of a letter; "" before issue */
    instant_t at;
    bool read;
    instant_t read_at; /* where read */
};

/* Sort keys of a row, as texts that the database reads. */
struct message_key {
    const char *at; /* NULL: from the newest on */
    const char *id;
};

enum message_list {
    MESSAGES_ALL,
    MESSAGES_UNREAD,
    MESSAGES_TO_NOTE, /* unread, to the organization, that inform (待阅) */
    MESSAGES_NOTED,   /* the same, read */
};

/* Queues a message and the word to open pages; the same version of the same subject again is none. */
void message_tell(struct db *db, struct arena *arena, const struct message *message);
/* The actor's messages behind a key, newest first, at most `limit`, in the call's arena. */
status_t message_list(struct call *call, enum message_list list, const struct message_key *after, int64_t limit,
                      struct message **ret_messages, size_t *ret_count);
/* Their number; stops at COUNT_LIMIT. */
status_t message_count(struct call *call, enum message_list list, uint32_t *ret_count);
/* Locks one of the actor's messages; NOT_FOUND otherwise. In a transaction. */
status_t message_lock(struct call *call, const struct id *id, struct message *ret_message);
/* Queues that it was read now. */
void message_mark_read(struct call *call, const struct id *id);
/* Marks those of `ids` that are the actor's and unread; their number. */
status_t message_mark_read_many(struct call *call, const struct id *ids, size_t count, uint32_t *ret_marked);
/* Marks unread ones that stand no higher in the list than `through`, at most COUNT_LIMIT; NOT_FOUND when that is none
 * of the actor's. */
status_t message_mark_read_through(struct call *call, const struct id *through, uint32_t *ret_marked);

/* --- store_stream.c ----------------------------------------------------------------------------------------------- */

/* Something changed that these may see. */
struct stream_item {
    const char *kind; /* notifications.v1.StreamItem */
    const struct id *id;
    const struct id *organizations;
    size_t n_organizations;
    const struct id *account; /* NULL: none */
};

/* Queues it; open pages hear of it after the commit. */
void stream_tell(struct db *db, struct arena *arena, const struct stream_item *item, instant_t now);

/* --- follow_transfers.c, follow_organizations.c ------------------------------------------------------------------- */

status_t message_on_letter(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);
status_t message_on_terms(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);
status_t message_on_import(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);
status_t message_on_post(struct follow *follow, const struct event *event, const ProtobufCMessage *fact);

/* --- page.c ------------------------------------------------------------------------------------------------------- */

/* The place behind which a page begins; the cursor must be one of the same `filter`. */
status_t message_page_open(struct call *call, const char *filter, const char *cursor, struct message_key *ret_key);
/* The cursor behind the last message of a page. */
char *message_page_next(struct call *call, const char *filter, const struct message *last);

/* --- wire.c ------------------------------------------------------------------------------------------------------- */

/* Fills `out` in `arena`, with the words of today. */
void message_to_wire(struct arena *arena, const struct message *message, Message *out);

#endif
