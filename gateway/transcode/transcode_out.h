/* SPDX-License-Identifier: Apache-2.0 */
/* A message becomes JSON, straight from its memory. An absent oneof or message is absent, as is an enum without a code;
 * empty text is "", repeated fields are always arrays, `next_cursor` is null when it is empty, integers are numbers,
 * bytes are base64. Pure but for the buffer and the arena. */
#ifndef LIANGXIN_GATEWAY_TRANSCODE_OUT_H
#define LIANGXIN_GATEWAY_TRANSCODE_OUT_H

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/strbuf.h"

/* Failure is the buffer's. */
void transcode_message(struct arena *arena, const ProtobufCMessage *message, struct strbuf *out);

#endif
