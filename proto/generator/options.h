/* SPDX-License-Identifier: Apache-2.0 */
/* Our options (rpc/v1/options.proto) out of protoc's. protobuf-c does not know extensions: their values wait among the
 * unknown fields of the options message. */
#ifndef LIANGXIN_GENERATOR_OPTIONS_H
#define LIANGXIN_GENERATOR_OPTIONS_H

#include "schema.h"

/* NULL when there is no rule. `options` may be NULL. */
const MethodRule *options_method(struct arena *arena, const Google__Protobuf__MethodOptions *options);
const FieldRule *options_field(struct arena *arena, const Google__Protobuf__FieldOptions *options);

#endif
