/* SPDX-License-Identifier: Apache-2.0 */
/* Small questions a handler asks of its call. Pure. */
#include "rpc/call.h"

#include "base/banned.h"

status_t
call_expect_version(struct call *call, int64_t version)
{
    if (call->request->has_version && call->request->version != version)
        return status_stale(call->arena, &(struct comparison){ .version = version });
    return OK;
}

const struct id *
call_scope(const struct call *call)
{
    return call->actor ? actor_scope(call->actor) : NULL;
}
