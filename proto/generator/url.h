/* SPDX-License-Identifier: Apache-2.0 */
/* Path templates of the API: "/api/v1/transfers/{id}/assign". Pure. */
#ifndef LIANGXIN_GENERATOR_URL_H
#define LIANGXIN_GENERATOR_URL_H

#include <stdbool.h>

#include "base/slice.h"

/* Takes the next segment off `*cursor` (set it to the template first); false at the end. */
bool url_next_segment(const char **cursor, struct slice *ret_segment);
/* "{id}" -> "id"; false for a literal. */
bool url_is_parameter(struct slice segment, struct slice *ret_name);
/* True when a parameter of the template has this name. */
bool url_has_parameter(const char *url, const char *name);
/* False when it does not begin with a slash, has an empty segment or braces inside a literal. */
bool url_is_template(const char *url);
/* The order in which templates must be tried: at the first segment where they differ, literals before parameters.
 * Zero when both match the same addresses, whatever their parameters are called. */
int url_compare(const char *a, const char *b);

#endif
