/* SPDX-License-Identifier: Apache-2.0 */
/* What a request's fields ask of the call: the idempotency key and the version that the client has seen. Pure. */
#ifndef LIANGXIN_GATEWAY_CONDITIONS_H
#define LIANGXIN_GATEWAY_CONDITIONS_H

#include "gateway/http/request.h"
#include "rpc/envelope.h"

#define CONDITIONS_KEY_LIMIT 64 /* visible ASCII characters of an Idempotency-Key */

/* Fills in the key and the version of `ret_call`; the key is copied into `arena`. IDEMPOTENCY_KEY_REQUIRED and
 * VERSION_REQUIRED when the method asks for them, BAD_FORMAT when they are no such thing. */
status_t conditions_read(struct arena *arena, const struct request *request, const struct rpc_method *method,
                         struct rpc_request *ret_call);
/* True when If-None-Match names this version with this mark; If-Match asks for the version alone. */
bool conditions_unchanged(const struct request *request, int64_t version, const char *mark);

#endif
