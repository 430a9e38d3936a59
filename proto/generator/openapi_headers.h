/* SPDX-License-Identifier: Apache-2.0 */
/* The header lines of answers, described once in the document's components and referred to by each response. */
#ifndef LIANGXIN_GENERATOR_OPENAPI_HEADERS_H
#define LIANGXIN_GENERATOR_OPENAPI_HEADERS_H

#include <jansson.h>

#include "binding.h"

/* {"ETag": {"$ref": ...}, ...}: what a response with this HTTP status has. `method` is NULL for a problem that methods
 * share. The reference belongs to the caller. */
json_t *headers_of(const struct method *method, int http);
/* All of them, described; one that is not `required` may be absent. */
json_t *headers_components(void);

#endif
