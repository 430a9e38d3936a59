/* SPDX-License-Identifier: Apache-2.0 */
/* One row of the API: which verb and path lead to which method. The generator writes the table from the .proto files.
 */
#ifndef LIANGXIN_GATEWAY_ROUTE_H
#define LIANGXIN_GATEWAY_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "rpc/method.h"

struct route {
    const char *verb; /* "POST" */
    const char *path; /* "/api/v1/transfers/{id}/assign"; {name} binds a field of the request */
    const struct rpc_method *method;
    unsigned success;     /* HTTP status */
    const char *raw_body; /* bytes field that takes the body as it is; NULL: the body is JSON */
    bool no_store;        /* the answer carries personal data */
    const char *upload;   /* bytes field of the request that takes a file piece by piece; NULL: none */
    const char *download; /* bytes field of the reply that gives a file piece by piece; NULL: none */
    bool stream;          /* the gateway answers by itself, with events (gateway/sse.h) */
};

extern const struct route routes[];
extern const size_t routes_count;

/* The OpenAPI 3.1 document, JSON. */
extern const char openapi_document[];
extern const size_t openapi_document_size;

#endif
