/* SPDX-License-Identifier: Apache-2.0 */
/* Codes of enum values, derived from the descriptor by the rule of the generator. Pure; owns nothing. */
#include "gateway/transcode/enum_code.h"

#include <ctype.h>

#include "base/banned.h"

/* Length of "LETTER_STATE_" for LetterState: a word begins where an upper-case letter follows another kind. */
static size_t
prefix_length(const char *camel)
{
    bool was_upper = true;
    size_t length = 1;

    for (; *camel; camel++) {
        bool upper = isupper((unsigned char)*camel) != 0;

        length += upper && !was_upper ? 2 : 1;
        was_upper = upper;
    }
    return length;
}

/* The part of the value's name that makes the code; NULL when there is none. */
static const char *
code_part(const ProtobufCEnumDescriptor *descriptor, const ProtobufCEnumValue *value)
{
    size_t prefix = prefix_length(descriptor->short_name);

    return value->value != 0 && strlen(value->name) > prefix ? value->name + prefix : NULL;
}

bool
enum_code_format(const ProtobufCEnumDescriptor *descriptor, int value, char ret_code[ENUM_CODE_SIZE])
{
    const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value(descriptor, value);
    const char *part = known ? code_part(descriptor, known) : NULL;
    size_t size = 0;

    if (!part)
        return false;
    for (; part[size] && size < ENUM_CODE_SIZE - 1; size++)
        ret_code[size] = (char)tolower((unsigned char)part[size]);
    ret_code[size] = '\0';
    return true;
}

bool
enum_code_parse(const ProtobufCEnumDescriptor *descriptor, struct slice code, int *ret_value)
{
    char text[ENUM_CODE_SIZE];

    for (unsigned i = 0; i < descriptor->n_values; i++)
        if (enum_code_format(descriptor, descriptor->values[i].value, text) && slice_is(code, text)) {
            *ret_value = descriptor->values[i].value;
            return true;
        }
    return false;
}
