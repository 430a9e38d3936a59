/* SPDX-License-Identifier: Apache-2.0 */
/* The notifications service as tables. All it knows comes from two feeds; its own is what open pages are told. */
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/organizations/v1/organizations_events.pb-c.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "daemon/daemon.h"
#include "events/directory.h"
#include "notifications/notifications.h"
#include "notifications/store_message.h"
#include "notifications/stream.h"
#include "base/banned.h"

static const struct subscription subscriptions[] = {
    DIRECTORY_SUBSCRIPTIONS,
    { "transfers", "LetterChanged", "letter", &liangxin__transfers__v1__letter_changed__descriptor, message_on_letter },
    { "organizations", "TermsOver", "terms", &liangxin__organizations__v1__terms_over__descriptor, message_on_terms },
    { "organizations", "ImportFinished", "import", &liangxin__organizations__v1__import_finished__descriptor,
      message_on_import },
    { "organizations", "PostEnded", "post", &liangxin__organizations__v1__post_ended__descriptor, message_on_post },
    { 0 },
};

static const struct rpc_endpoint methods[] = {
    { &notifications_list_messages, call_list_messages, NULL },
    { &notifications_count_unread, call_count_unread, NULL },
    { &notifications_read_message, call_read_message, NULL },
    { &notifications_read_messages, call_read_messages, NULL },
    { &notifications_list_work, call_list_work, NULL },
    { &notifications_count_work, call_count_work, NULL },
    { &notifications_read_stream, call_read_stream, NULL },
    { 0 },
};

const struct service notifications_service = {
    .name = "notifications",
    .methods = methods,
    .subscriptions = subscriptions,
};

const struct db_statement *const service_statements[] = {
    &sql_message_add,          &sql_message_list,          &sql_message_list_unread,
    &sql_message_list_to_note, &sql_message_list_noted,    &sql_message_count,
    &sql_message_count_unread, &sql_message_count_to_note, &sql_message_count_noted,
    &sql_message_lock,         &sql_message_mark_read,     &sql_message_mark_many,
    &sql_message_mark_through, &sql_stream_read,           NULL,
};
