/* SPDX-License-Identifier: Apache-2.0 */
/* <folder>.facts.h and <folder>.facts.c: the methods and field rules of a package as tables of rpc/method.h. */
#ifndef LIANGXIN_GENERATOR_FACTS_H
#define LIANGXIN_GENERATOR_FACTS_H

#include "schema.h"

#include "base/strbuf.h"

void facts_header(const struct schema *schema, const struct package *package, struct strbuf *out);
void facts_source(const struct schema *schema, const struct package *package, struct strbuf *out);

#endif
