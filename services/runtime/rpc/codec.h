/* SPDX-License-Identifier: Apache-2.0 */
/* Messages in and out of bytes, inside an arena: nothing here is freed by hand. */
#ifndef LIANGXIN_RPC_CODEC_H
#define LIANGXIN_RPC_CODEC_H

#include <protobuf-c/protobuf-c.h>

#include "base/slice.h"
#include "base/status.h"
#include "rpc/method.h"

/* An initialized message in `arena`. */
ProtobufCMessage *codec_new(struct arena *arena, const ProtobufCMessageDescriptor *descriptor);
struct slice codec_pack(struct arena *arena, const ProtobufCMessage *message);
/* Scans (rpc/wire.h), then unpacks. The arena's limit bounds the memory. */
status_t codec_unpack(struct arena *arena, const ProtobufCMessageDescriptor *descriptor, struct slice bytes,
                      ProtobufCMessage **ret_message);
/* Bytes of one value of the field in memory: the stride of a repeated field. */
size_t codec_item_size(const ProtobufCFieldDescriptor *field);
/* Holds the message, and what it nests, against the field rules of the method's service. All faults come back chained,
 * each with its JSON pointer. */
status_t codec_check(struct arena *arena, const struct rpc_method *method, const ProtobufCMessage *message);
/* True when `text` has the named format of rpc/v1/options.proto: "uuid", "date", "month", "region", "code", "token". */
bool codec_format_fits(const char *format, struct slice text);

#endif
