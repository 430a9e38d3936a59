/* SPDX-License-Identifier: Apache-2.0 */
/* The stream as the gateway reads it (store_stream.c). */
#ifndef LIANGXIN_NOTIFICATIONS_STREAM_H
#define LIANGXIN_NOTIFICATIONS_STREAM_H

#include "io/db.h"
#include "notifications/notifications.h"

/* Rows behind a position, or those before the head when the position is of another life of the feed. */
status_t stream_read(struct call *call, const ReadStreamRequest *in, ReadStreamReply *out);

extern const struct db_statement sql_stream_read;

#endif
