/* SPDX-License-Identifier: Apache-2.0 */
/* routes.c: the gateway's table of verbs and paths (gateway/transcode/route.h), in the order in which paths must be
 * tried. */
#ifndef LIANGXIN_GENERATOR_ROUTES_H
#define LIANGXIN_GENERATOR_ROUTES_H

#include "schema.h"

#include "base/strbuf.h"

void routes_source(const struct schema *schema, struct strbuf *out);

#endif
