/* SPDX-License-Identifier: Apache-2.0 */
/* Enum values as the API names them: LETTER_STATE_UP_REVIEW of LetterState is "up_review". The value 0 (UNSPECIFIED)
 * has no code. Pure. */
#ifndef LIANGXIN_GATEWAY_ENUM_CODE_H
#define LIANGXIN_GATEWAY_ENUM_CODE_H

#include <stdbool.h>

#include <protobuf-c/protobuf-c.h>

#include "base/slice.h"

#define ENUM_CODE_SIZE 64

/* False for a value without a code. */
bool enum_code_format(const ProtobufCEnumDescriptor *descriptor, int value, char ret_code[ENUM_CODE_SIZE]);
/* False when no value has this code. */
bool enum_code_parse(const ProtobufCEnumDescriptor *descriptor, struct slice code, int *ret_value);

#endif
