/* SPDX-License-Identifier: Apache-2.0 */
/* The values of FieldRule.format and how the API's documentation says them. What they mean for a request is decided
 * where fields are checked (rpc/codec.c); here it is only described. */
#ifndef LIANGXIN_GENERATOR_FORMATS_H
#define LIANGXIN_GENERATOR_FORMATS_H

struct format {
    const char *name;
    const char *standard; /* JSON Schema "format", or NULL */
    const char *pattern;  /* JSON Schema "pattern", or NULL */
};

/* NULL when there is no such format. */
const struct format *format_find(const char *name);

#endif
