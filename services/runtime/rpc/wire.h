/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes from outside, looked at before protobuf-c may unpack them: protobuf-c has no limit on depth, does not check
 * UTF-8, cuts strings at a NUL and takes any enum value. Pure; the best fuzz target of the system. */
#ifndef LIANGXIN_RPC_WIRE_H
#define LIANGXIN_RPC_WIRE_H

#include <protobuf-c/protobuf-c.h>

#include "base/slice.h"
#include "base/status.h"

struct wire_limits {
    int depth;       /* of nested messages */
    size_t fields;   /* in the whole message */
    size_t repeated; /* items of one repeated field */
    bool unknown;    /* tolerate unknown fields (rolling upgrade between services) */
};

extern const struct wire_limits wire_limits_default;

/* OK when protobuf-c may unpack `bytes` as `message`: well formed, within the limits, every string clean text, every
 * enum value known, no unknown field, no group. Otherwise MALFORMED, BAD_TEXT, BAD_VALUE, TOO_MANY or UNKNOWN_FIELD. */
status_t wire_scan(struct arena *arena, const ProtobufCMessageDescriptor *message, struct slice bytes,
                   const struct wire_limits *limits);

#endif
