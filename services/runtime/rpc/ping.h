/* SPDX-License-Identifier: Apache-2.0 */
/* The method every service answers: through the queue and a worker, so that a hung worker behind a live socket is seen.
 */
#ifndef LIANGXIN_RPC_PING_H
#define LIANGXIN_RPC_PING_H

#include "rpc/method.h"

extern const struct rpc_method rpc_ping;
status_t handle_ping(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out);

#endif
