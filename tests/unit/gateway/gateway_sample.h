/* SPDX-License-Identifier: Apache-2.0 */
/* An API for the gateway's tests, written by hand: what the generator would make of sample.proto with options. */
#ifndef LIANGXIN_TESTS_GATEWAY_SAMPLE_H
#define LIANGXIN_TESTS_GATEWAY_SAMPLE_H

#include <sample.pb-c.h>

#include "gateway/transcode/router.h"

typedef Liangxin__Sample__V1__Thing Thing;
typedef Liangxin__Sample__V1__Part Part;
typedef Liangxin__Sample__V1__GetRequest GetRequest;
typedef Liangxin__Sample__V1__ListRequest ListRequest;
typedef Liangxin__Sample__V1__UploadRequest UploadRequest;
typedef Liangxin__Sample__V1__FileRequest FileRequest;
typedef Liangxin__Sample__V1__FileReply FileReply;
typedef Liangxin__Sample__V1__ExchangeReply ExchangeReply;

extern const struct rpc_method sample_get;      /* GET /api/v1/things/{id} */
extern const struct rpc_method sample_list;     /* GET /api/v1/things, open */
extern const struct rpc_method sample_put;      /* POST /api/v1/things/{id}/put: command with If-Match */
extern const struct rpc_method sample_add;      /* POST /api/v1/things: command */
extern const struct rpc_method sample_upload;   /* POST /api/v1/things/{id}/content: raw body */
extern const struct rpc_method sample_put_file; /* PUT /api/v1/things/{id}/file: in pieces */
extern const struct rpc_method sample_get_file; /* GET of the same */
extern const struct rpc_method sample_exchange; /* bearer token to actor token */
extern const struct rpc_method sample_watch;    /* GET /api/v1/stream: "thing.watch" */

extern const struct route sample_routes[];
extern const size_t sample_routes_count;

#endif
