/* SPDX-License-Identifier: Apache-2.0 */
/* One field of a protobuf-c message, reached through its descriptor. Values come as text or as integers, whether from a
 * path, a query or JSON, under the same rules. Pure but for the arena. */
#ifndef LIANGXIN_GATEWAY_FIELD_H
#define LIANGXIN_GATEWAY_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/status.h"

#define FIELD_INTEGER_LIMIT ((INT64_C(1) << 53) - 1) /* what a JSON number holds exactly everywhere */

/* Where the single value, or the pointer to the values, is. */
void *field_slot(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
const void *field_value(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
/* The count of a repeated field. */
size_t *field_count(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
/* True unless the field is a member of a oneof that holds another one or none. */
bool field_is_held(const ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);
/* Makes the field the one its oneof holds. False when the oneof holds a member already. */
bool field_hold(ProtobufCMessage *message, const ProtobufCFieldDescriptor *field);

bool field_is_integer(const ProtobufCFieldDescriptor *field);
/* Store a value in `slot`. Faults are plain statuses; the caller knows where. Strings are not copied: `text` must end
 * in a NUL and outlive the message. */
status_t field_put_integer(const ProtobufCFieldDescriptor *field, int64_t number, void *slot);
status_t field_put_text(struct arena *arena, const ProtobufCFieldDescriptor *field, struct slice text, void *slot);
/* As field_put_text for text from a path or query, where numbers and truth values are text too; copies it. */
status_t field_put_parameter(struct arena *arena, const ProtobufCFieldDescriptor *field, struct slice text, void *slot);

#endif
