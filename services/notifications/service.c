/* SPDX-License-Identifier: Apache-2.0 */
/* The notifications service as tables. It has no news of its own: all it knows comes from two feeds. */
#include <liangxin/notifications/v1/notifications.facts.h>
#include <liangxin/transfers/v1/transfers_events.pb-c.h>

#include "daemon/daemon.h"
#include "events/directory.h"
#include "notifications/notifications.h"
#include "base/banned.h"

static const struct subscription subscriptions[] = {
    DIRECTORY_SUBSCRIPTIONS,
    { "transfers", "LetterChanged", "letter", &liangxin__transfers__v1__letter_changed__descriptor, message_on_letter },
    { 0 },
};

static const struct rpc_endpoint methods[] = {
    { &notifications_list_messages, call_list_messages, NULL },
    { &notifications_read_message, call_read_message, NULL },
    { 0 },
};

const struct service notifications_service = {
    .name = "notifications",
    .methods = methods,
    .subscriptions = subscriptions,
};
