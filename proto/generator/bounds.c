/* SPDX-License-Identifier: Apache-2.0 */
/* Bounds of integers. Pure. */
#include "bounds.h"

#include "base/banned.h"

static struct bounds
bounds_of_type(FieldType type)
{
    switch (type) {
    case TYPE(INT32):
    case TYPE(SINT32):
    case TYPE(SFIXED32):
        return (struct bounds){ .minimum = INT32_MIN, .maximum = INT32_MAX };
    case TYPE(UINT32):
    case TYPE(FIXED32):
        return (struct bounds){ .minimum = 0, .maximum = UINT32_MAX };
    case TYPE(UINT64):
    case TYPE(FIXED64):
        return (struct bounds){ .minimum = 0, .maximum = JSON_INTEGER_MAX };
    default:
        return (struct bounds){ .minimum = -JSON_INTEGER_MAX, .maximum = JSON_INTEGER_MAX };
    }
}

struct bounds
bounds_of(const struct field *field)
{
    struct bounds bounds = bounds_of_type(field->type);
    const FieldRule *rule = field->rule;

    if (!rule || (!rule->minimum && !rule->maximum))
        return bounds;
    bounds.stated = true;
    bounds.minimum = rule->minimum;
    if (rule->maximum || rule->minimum < 0)
        bounds.maximum = rule->maximum;
    return bounds;
}
