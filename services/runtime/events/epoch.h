/* SPDX-License-Identifier: Apache-2.0 */
/* Prepare steps of the methods about a feed's life (feed/v1/feed.proto: ListFollowed, ConfirmEpoch): they ask the
 * sources where they stand. The handlers use what they leave. */
#ifndef LIANGXIN_EVENTS_EPOCH_H
#define LIANGXIN_EVENTS_EPOCH_H

#include "events/feed.h"

/* A source that does not answer is shown as not reached. */
status_t epoch_prepare_list(struct call *call, const ProtobufCMessage *in);
/* NOT_FOUND for a source that this service does not follow; fails when the source does not answer. */
status_t epoch_prepare_confirm(struct call *call, const ProtobufCMessage *in);

#endif
