/* SPDX-License-Identifier: Apache-2.0 */
/* How a request travels over HTTP: which field comes from the path, from the query, from the body. */
#ifndef LIANGXIN_GENERATOR_BINDING_H
#define LIANGXIN_GENERATOR_BINDING_H

#include "schema.h"

enum binding {
    BOUND_PATH,  /* {name} of the path */
    BOUND_QUERY, /* GET, and what stands beside a body that is no JSON */
    BOUND_BODY,  /* member of the JSON body */
    BOUND_RAW,   /* the body itself, at once or in pieces */
    BOUND_PIECE, /* where a piece of a file stands: the gateway sets it */
};

/* True when the method has a rule with a verb. */
bool method_is_http(const struct method *method);
enum binding binding_of(const struct method *method, const struct field *field);
/* True when some field of the request is bound so. */
bool binding_used(const struct method *method, enum binding binding);

/* All methods offered over HTTP in the order in which their paths must be tried, then by verb; in the schema's arena.
 */
struct method **binding_routes(const struct schema *schema, size_t *ret_count);

#endif
