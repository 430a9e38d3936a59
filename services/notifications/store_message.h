/* SPDX-License-Identifier: Apache-2.0 */
/* Statements of messages, for the service's list. */
#ifndef LIANGXIN_NOTIFICATIONS_STORE_MESSAGE_H
#define LIANGXIN_NOTIFICATIONS_STORE_MESSAGE_H

#include "io/db.h"
#include "notifications/notifications.h"

extern const struct db_statement sql_message_add;
extern const struct db_statement sql_message_list;
extern const struct db_statement sql_message_list_unread;
extern const struct db_statement sql_message_list_to_note;
extern const struct db_statement sql_message_list_noted;
extern const struct db_statement sql_message_count;
extern const struct db_statement sql_message_count_unread;
extern const struct db_statement sql_message_count_to_note;
extern const struct db_statement sql_message_count_noted;
extern const struct db_statement sql_message_lock;
extern const struct db_statement sql_message_mark_read;
extern const struct db_statement sql_message_mark_many;
extern const struct db_statement sql_message_mark_through;

#endif
