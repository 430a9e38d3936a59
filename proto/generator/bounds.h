/* SPDX-License-Identifier: Apache-2.0 */
/* Between which numbers an integer field must lie, from its type and its rule. */
#ifndef LIANGXIN_GENERATOR_BOUNDS_H
#define LIANGXIN_GENERATOR_BOUNDS_H

#include "schema.h"

/* The largest integer that every JSON reader keeps exactly: 2^53 - 1. */
#define JSON_INTEGER_MAX INT64_C(9007199254740991)

struct bounds {
    bool stated; /* the field has a rule that says minimum or maximum */
    int64_t minimum;
    int64_t maximum;
};

/* For integer fields. A rule that states only a positive minimum leaves the type's maximum. */
struct bounds bounds_of(const struct field *field);

#endif
