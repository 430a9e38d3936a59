/* SPDX-License-Identifier: Apache-2.0 */
/* operations.json: the operations as a flat list with example values, for programs that call each of them. */
#ifndef LIANGXIN_GENERATOR_OPERATIONS_H
#define LIANGXIN_GENERATOR_OPERATIONS_H

#include "schema.h"

#include "base/strbuf.h"

void operations_json(const struct schema *schema, struct strbuf *out);

#endif
