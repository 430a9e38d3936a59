/* SPDX-License-Identifier: Apache-2.0 */
/* <folder>.handlers.h: what a service's handlers see of its messages (short names, constructors) and of its methods
 * (prototypes, and thunks that a method table can hold). */
#ifndef LIANGXIN_GENERATOR_HANDLERS_H
#define LIANGXIN_GENERATOR_HANDLERS_H

#include "schema.h"

#include "base/strbuf.h"

void handlers_header(const struct schema *schema, const struct package *package, struct strbuf *out);

#endif
