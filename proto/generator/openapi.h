/* SPDX-License-Identifier: Apache-2.0 */
/* The OpenAPI 3.1 document of everything that is offered over HTTP. The same schema gives the same bytes. */
#ifndef LIANGXIN_GENERATOR_OPENAPI_H
#define LIANGXIN_GENERATOR_OPENAPI_H

#include "schema.h"

#include "base/strbuf.h"

/* The document, indented. */
void openapi_json(const struct schema *schema, struct strbuf *out);
/* openapi.c: the same text as the array openapi_document (gateway/transcode/route.h). */
void openapi_source(const struct schema *schema, struct strbuf *out);

#endif
