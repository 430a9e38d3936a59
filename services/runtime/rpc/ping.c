/* SPDX-License-Identifier: Apache-2.0 */
/* Ping: the payload comes back. Pure. */
#include "rpc/ping.h"

#include <liangxin/rpc/v1/rpc.pb-c.h>

#include "base/banned.h"

const struct rpc_method rpc_ping = {
    .name = "rpc.v1.Rpc/Ping",
    .service = "any",
    .effect = METHOD_PURE,
    .budget_ms = 1000,
    .open = true,
    .request = &liangxin__rpc__v1__ping_request__descriptor,
    .reply = &liangxin__rpc__v1__ping_reply__descriptor,
};

status_t
handle_ping(struct call *call, const ProtobufCMessage *in, ProtobufCMessage *out)
{
    (void)call;
    ((Liangxin__Rpc__V1__PingReply *)out)->payload = ((const Liangxin__Rpc__V1__PingRequest *)in)->payload;
    return OK;
}
